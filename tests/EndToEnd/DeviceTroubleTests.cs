using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>Folders that cannot be written to: a clear error, nothing half-written taken for done, and all is well afterwards.</summary>
[Category("EndToEnd")]
public sealed class DeviceTroubleTests
{
    [Test]
    public void A_read_only_artifacts_folder_is_named_and_once_writable_the_run_completes()
    {
        using var workspace = SharedWorkspaces.BeforePhase0();
        var before = workspace.Locks;
        SetWritable(workspace.Artifacts, false);

        var failed = RunUnder(Hardships.PermissionsCount, workspace).With(code: 1);
        var planned = RunUnder(Hardships.PermissionsCount, workspace, "--dryrun").With(code: 0);

        Assert.That(failed.Everything, Does.Contain(workspace.Artifacts).And.Contain("not permitted"));
        Assert.That(failed.Ran, Is.Empty);
        Assert.That(workspace.Locks, Is.EqualTo(before));
        Assert.That(planned.Everything, Does.Contain("Phase0"));
        SetWritable(workspace.Artifacts, true);
        RequireCompletion(workspace);
    }

    [Test]
    public void A_file_in_the_place_of_the_artifacts_folder_is_named()
    {
        using var workspace = SharedWorkspaces.WithCorpus();
        File.WriteAllText(workspace.Artifacts, "In the way.");

        var failed = workspace.Run().With(code: 2);

        Assert.That(failed.Everything, Does.Contain("artifacts: is a file; a folder is needed."));
        Assert.That(failed.Ran, Is.Empty);
    }

    [Test]
    public void A_file_that_cannot_grow_any_more_fails_its_stage_and_later_the_run_completes()
    {
        using var workspace = SharedWorkspaces.BeforePhase0();

        var failed = RunUnder(Hardships.FileSizeLimit(kibibytes: 2048), workspace).With(code: 1);

        Assert.That(failed.Everything, Does.Contain($"[Phase0] failed: {workspace.Artifacts}").And.Contain("a file grew beyond what the file system or the user's limit allows"));
        Assert.That(failed.Ran, Is.Empty);
        RequireCompletion(workspace);
    }

    [TestCase(1, "PreprocessFolder")]
    [TestCase(24, "Phase0")]
    public void A_full_device_is_named_and_once_there_is_room_the_run_completes(int mebibytes, string stage)
    {
        Assert.That(Hardships.CanMount(), "a small device cannot be mounted: run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)");
        using var workspace = SharedWorkspaces.WithCorpus();

        var both = RunUnder(Hardships.FullDevice(mebibytes), workspace).With(code: 0);

        var full = both.Everything.Split(Hardships.SpaceFreed)[0];
        Assert.That(full, Does.Contain("exit code 1"));
        Assert.That(both.Everything, Does.Contain($"[{stage}] failed: ").And.Contain(workspace.Artifacts).And.Contain("no space left"));
        Assert.That(both.Ran, Is.EquivalentTo(SharedWorkspaces.Stages), "each stage is finished once");
        Directory.Move(Path.Combine(workspace.Root, Hardships.KeptLocks), Directory.CreateDirectory(Path.Combine(workspace.Artifacts, "lock")) + "/mini");
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
    }

    private static FinishedRun RunUnder(IReadOnlyList<string> wrapper, Workspace workspace, params string[] arguments)
    {
        using var process = workspace.StartUnder(wrapper, arguments);
        return process.Finish();
    }

    private static void RequireCompletion(Workspace workspace)
    {
        workspace.Run().With(code: 0);
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
    }

    /// <summary>Of the folder and all below; files keep their permissions.</summary>
    private static void SetWritable(string folder, bool writable)
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        foreach (var each in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder).ToList())
            File.SetUnixFileMode(each, writable ? Readable | UnixFileMode.UserWrite : Readable);
    }
}
