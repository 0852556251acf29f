using Tmrvc.EndToEnd.Harness;
using Tmrvc.Support;

namespace Tmrvc.EndToEnd;

[Category("EndToEnd")]
public sealed class SlurmTests
{
    [Test]
    public async Task Phase_0_as_a_job_that_is_told_to_leave_is_submitted_again_and_all_ends_in_the_bytes_of_a_local_run()
    {
        await using var cluster = await SlurmCluster.StartAsync();
        using var workspace = SharedWorkspaces.BeforePhase0();
        workspace.Variables[cluster.Variable.Name] = cluster.Variable.Value;
        workspace.Edit("executors.yaml", "    cpu:\n      time: '12:00:00'", "    light: {}\n    cpu: {}");
        workspace.Edit("executors.yaml", "poll_seconds: 5", "poll_seconds: 0.5");

        using var process = workspace.Start("--executor=slurm");
        Assert.That(process.WaitUntil(() => Checkpoints.Of(workspace, "Phase0").Any()), Is.True, "a checkpoint of phase 0");
        workspace.Edit("profiles/mini.yaml", "steps: 24", "steps: 25"); // what has been submitted does not read it again
        await cluster.RunAsync("scancel", "--me", "--batch", "--signal=USR1");
        var run = process.Finish().With(code: 0);

        Assert.That(run.Everything, Does.Contain("was interrupted and saved; submitting it again"));
        Assert.That(run.ResumedAt("Phase0"), Has.Count.EqualTo(1));
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
    }
}
