using System.Diagnostics;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>A workspace as a repository of one commit: configuration, lock files and what build.sh is there.</summary>
internal static class Revision
{
    public static void Commit(Workspace workspace, string tag)
    {
        File.WriteAllText(Path.Combine(workspace.Root, ".gitignore"), "/data/\n/artifacts/*\n!/artifacts/lock/\n/*.wav\n/recordings/\n");
        Git(workspace, "init", "--quiet", "--initial-branch=main");
        Git(workspace, "add", "--all");
        Git(workspace, "-c", "user.name=Tester", "-c", "user.email=tester@localhost", "commit", "--quiet", "--message", "Begin");
        Git(workspace, "tag", tag);
    }

    private static void Git(Workspace workspace, params string[] arguments)
    {
        using var process = Process.Start("git", ["-C", workspace.Root, .. arguments]);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}");
    }
}
