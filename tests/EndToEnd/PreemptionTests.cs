using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

[Category("EndToEnd")]
public sealed class PreemptionTests
{
    [Test]
    public void Phase_0_saves_at_SIGTERM_exits_75_and_the_next_run_goes_on_to_the_same_bytes()
    {
        using var workspace = SharedWorkspaces.BeforePhase0();
        using var process = workspace.Start();
        Assert.That(process.WaitUntil(() => Checkpoints.Of(workspace, "Phase0").Any()), Is.True, "a checkpoint of phase 0");
        process.Terminate();
        var preempted = process.Finish().With(code: 75);

        var resumed = workspace.Run().With(code: 0);

        Assert.That(preempted.Ran, Is.Empty);
        Assert.That(preempted.Everything, Does.Contain("Stopped after step"));
        Assert.That(resumed.ResumedAt("Phase0"), Has.Count.EqualTo(1));
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
    }
}
