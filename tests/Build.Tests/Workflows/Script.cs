using System.Diagnostics;
using System.Runtime.Versioning;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>A step's script, run the way GitHub's runner runs it, in a folder of its own.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Script : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly string _text;

    /// <param name="contexts">What the expressions of its variables see.</param>
    public Script(WorkflowStep step, object contexts)
    {
        _text = step.Run!;
        _environment = step.Environment.Keys.Zip(GitHub.Values([.. step.Environment.Values], contexts)).ToDictionary();
        _folder = Directory.CreateTempSubdirectory("tmrvc-workflow-");
        Directory.CreateDirectory(Folder);
        foreach (var file in new[] { "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY" })
            _environment[file] = Path.Combine(_folder.FullName, file);
        _environment["GITHUB_WORKSPACE"] = Folder;
    }

    /// <summary>The checkout.</summary>
    public string Folder => Path.Combine(_folder.FullName, "checkout");

    /// <summary>The output NAME=VALUE lines the script left, the last of a name.</summary>
    public IReadOnlyDictionary<string, string> Outputs => Written("GITHUB_OUTPUT")
        .Select(line => line.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last()[1]);

    public IReadOnlyList<string> Summary => Written("GITHUB_STEP_SUMMARY");

    /// <summary>Sets a variable; null removes it.</summary>
    public Script With(string name, string? value)
    {
        if (value is null)
            _environment.Remove(name);
        else
            _environment[name] = value;
        return this;
    }

    /// <summary>Puts a program into the checkout, for <c>./name</c>.</summary>
    public Script WithProgram(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>Puts a program before all others, for <c>name</c>.</summary>
    public Script WithCommand(string name, string text)
    {
        WithProgram(name, text);
        return With("PATH", $"{Folder}:{_environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")}");
    }

    public (int Code, string Said) Run()
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", _text])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("ACTIONS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Written(string file) =>
        File.Exists(_environment[file]) ? File.ReadAllLines(_environment[file]) : [];
}
