using System.Runtime.Versioning;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>The branch that train.yml pushes, over a real repository.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class LockBranchTests
{
    private static readonly Workflow Train = Workflow.Of("train.yml");

    private DirectoryInfo _outside = null!;

    [SetUp]
    public void Begin() => _outside = Directory.CreateTempSubdirectory("tmrvc-lock-");

    [TearDown]
    public void End() => _outside.Delete(recursive: true);

    [Test]
    public void The_lock_files_of_the_run_become_a_commit_on_a_branch_of_their_own()
    {
        var (remote, summary) = Push(("Phase0.yaml", "key: 2\n"), ("Report.yaml", "key: 3\n"));

        Assert.That(Git.Run(remote, "show", "lock/full-99:artifacts/lock/full/Phase0.yaml"), Is.EqualTo("key: 2"));
        Assert.That(Git.Run(remote, "diff", "--name-status", "main", "lock/full-99").Split('\n'), Is.EqualTo(new[]
        {
            "D\tartifacts/lock/full/Gone.yaml", "M\tartifacts/lock/full/Phase0.yaml", "A\tartifacts/lock/full/Report.yaml",
        }));
        Assert.That(summary, Has.Some.Contains("lock/full-99"));
    }

    [Test]
    public void Lock_files_that_the_revision_has_already_make_no_branch()
    {
        var (remote, summary) = Push(("Phase0.yaml", "key: 1\n"), ("Gone.yaml", "key: 1\n"));

        Assert.That(Git.Run(remote, "branch", "--format=%(refname:short)"), Is.EqualTo("main"));
        Assert.That(summary, Has.Some.Contains("already"));
    }

    private (string Remote, IReadOnlyList<string> Summary) Push(params (string Name, string Text)[] made)
    {
        using var script = new Script(Train["lock"]["Push a branch with the lock files"], Event.Dispatch(Train).Contexts);
        var (remote, handed) = (Path.Combine(_outside.FullName, "remote"), Path.Combine(_outside.FullName, "handed"));
        Git.Commit(script.Folder, ("artifacts/lock/full/Phase0.yaml", "key: 1\n"), ("artifacts/lock/full/Gone.yaml", "key: 1\n"), ("artifacts/lock/smoke/Phase0.yaml", "key: 1\n"));
        Git.Run(script.Folder, "clone", "--quiet", "--bare", script.Folder, remote);
        Git.Run(script.Folder, "remote", "add", "origin", remote);
        Directory.CreateDirectory(handed);
        foreach (var (name, text) in made)
            File.WriteAllText(Path.Combine(handed, name), text);
        var (code, said) = script.With("LOCK", handed).With("GITHUB_RUN_ID", "99").Run();
        Assert.That(code, Is.Zero, said);
        return (remote, script.Summary);
    }
}
