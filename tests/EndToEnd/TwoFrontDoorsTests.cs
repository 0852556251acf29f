using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

[Category("EndToEnd")]
public sealed class TwoFrontDoorsTests
{
    [Test]
    public void Two_front_doors_in_one_workspace_both_succeed_and_run_each_stage_once()
    {
        using var workspace = SharedWorkspaces.WithCorpus();
        using var one = workspace.Start();
        using var other = workspace.Start();

        FinishedRun[] ends = [one.Finish().With(code: 0), other.Finish().With(code: 0)];

        Assert.That(ends.SelectMany(end => end.Ran), Is.EquivalentTo(SharedWorkspaces.Stages));
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
        Assert.That(workspace.Run("--check").Code, Is.Zero);
    }
}
