using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

[Category("EndToEnd")]
public sealed class EarlyCutoffTests
{
    [TestCase("PreprocessFolder")]
    [TestCase("SpeakerEncoder")]
    [TestCase("Phase0")]
    public void A_stage_run_again_to_the_same_bytes_leaves_what_follows_fresh(string stage)
    {
        using var workspace = SharedWorkspaces.Done();

        var forced = workspace.Run($"--force={stage}").With(code: 0);

        Assert.That(forced.Ran, Is.EqualTo(new[] { stage }));
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
        Assert.That(forced.Everything, Does.Not.Contain("other bytes"));
        Assert.That(workspace.Plan().Stale, Is.Empty);
    }
}
