using System.Diagnostics;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>A workspace as a repository.</summary>
internal static class Revision
{
    /// <summary>Everything that is in the workspace.</summary>
    public static void Commit(Workspace workspace)
    {
        Git(workspace, "init", "--quiet", "--initial-branch=main");
        Git(workspace, "add", "--all");
        Commit(workspace, "Begin");
    }

    /// <summary>Configuration and lock files as they are.</summary>
    public static void Tag(Workspace workspace, string tag)
    {
        Git(workspace, "add", "configs", "artifacts/lock");
        Commit(workspace, "Lock");
        Git(workspace, "tag", tag);
    }

    private static void Commit(Workspace workspace, string message) =>
        Git(workspace, "-c", "user.name=Tester", "-c", "user.email=tester@localhost", "commit", "--quiet", "--message", message);

    private static void Git(Workspace workspace, params string[] arguments)
    {
        using var process = Process.Start("git", ["-C", workspace.Root, .. arguments]);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}");
    }
}
