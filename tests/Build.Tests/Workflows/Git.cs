using System.Diagnostics;

namespace Tmrvc.Build.Tests.Workflows;

internal static class Git
{
    /// <returns>What it printed, trimmed.</returns>
    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=Tester", "-c", "user.email=tester@localhost", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}: {errors.Result}");
        return output.Trim();
    }

    /// <summary>Writes files and commits them, in a new repository if there is none.</summary>
    /// <returns>The commit.</returns>
    public static string Commit(string folder, params (string Path, string Text)[] files)
    {
        if (!Directory.Exists(Path.Combine(folder, ".git")))
            Run(folder, "init", "--quiet", "--initial-branch=main");
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), text);
        }
        Run(folder, "add", "--all");
        Run(folder, "commit", "--quiet", "--message", "Change");
        return Run(folder, "rev-parse", "HEAD");
    }
}
