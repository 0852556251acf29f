using System.Diagnostics;

namespace Tmrvc.BuildGraph.Tests.Support;

/// <summary>A checkout under git, driven by the real program.</summary>
internal static class Repository
{
    public static Checkout UnderGit(this Checkout checkout)
    {
        checkout.Git("init", "-q", "-b", "main");
        return checkout;
    }

    /// <summary>Commits everything but the store.</summary>
    public static void Commit(this Checkout checkout)
    {
        checkout.Git("add", "-A", "--", ":!artifacts/store", ":!artifacts/runs");
        checkout.Git("commit", "-q", "--allow-empty", "-m", "work");
    }

    public static string Git(this Checkout checkout, params string[] arguments) => Git(checkout.Root, arguments);

    public static string Git(string folder, params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"];
        using var process = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. identity, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors.Result}");
    }
}
