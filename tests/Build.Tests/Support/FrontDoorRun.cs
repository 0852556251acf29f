using System.Diagnostics;

namespace Tmrvc.Build.Tests.Support;

/// <summary>A front door that has run as a process of its own.</summary>
internal sealed record FrontDoorRun(int Code, string[] Output, string[] Errors)
{
    public string Everything => string.Join('\n', Output.Concat(Errors));

    /// <param name="root">What it takes for its checkout.</param>
    /// <param name="environment">Beside that of the tests, without anything that chooses a cache.</param>
    public static FrontDoorRun Of(string root, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var program = Path.Combine(TestContext.CurrentContext.TestDirectory, "Tmrvc.Build.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AZURE_", StringComparison.Ordinal) || name == "TMRVC_CACHE").ToArray())
            start.Environment.Remove(name);
        start.Environment["TMRVC_ROOT"] = root;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = Lines(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return new FrontDoorRun(process.ExitCode, output, Lines(errors.Result));
    }

    public static FrontDoorRun Of(string root, params string[] words) => Of(root, new Dictionary<string, string>(), words);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
