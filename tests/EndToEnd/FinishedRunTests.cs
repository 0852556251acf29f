using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

[Category("EndToEnd")]
public sealed class FinishedRunTests
{
    [Test]
    public void A_run_leaves_the_model_the_report_and_a_lock_file_for_each_stage()
    {
        using var workspace = SharedWorkspaces.Done();
        var report = File.ReadAllText(Path.Combine(workspace.Artifacts, "report", "index.html"));

        Assert.That(SharedWorkspaces.LastRun.Ran, Is.EqualTo(SharedWorkspaces.Stages.Skip(4)));
        Assert.That(workspace.Locks.Keys, Is.EquivalentTo(SharedWorkspaces.Stages));
        Assert.That(workspace.Locks["Phase0"], Does.Contain("model.safetensors: "));
        Assert.That(report, Does.StartWith("<!").And.Contain("GatePhase0"));
    }

    [Test]
    public void A_second_run_runs_no_stage()
    {
        using var workspace = SharedWorkspaces.Done();

        var again = workspace.Run().With(code: 0);

        Assert.That(again.Ran, Is.Empty);
        Assert.That(again.Everything, Does.Contain("8 stages fresh"));
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
    }

    [Test]
    public void The_plan_and_the_check_agree_that_nothing_is_stale()
    {
        using var workspace = SharedWorkspaces.Done();

        var check = workspace.Run("--check", "--json").With(code: 0);
        var plan = workspace.Run("--dryrun", "--json").With(code: 0);

        Assert.That(check.Output, Is.EqualTo(plan.Output));
        Assert.That(Plan.Of(plan).Stages.Select(stage => stage.Id), Is.EquivalentTo(SharedWorkspaces.Stages));
        Assert.That(Plan.Of(plan).Stale, Is.Empty);
    }

    [Test]
    public void After_a_change_the_check_ends_with_3_and_runs_nothing()
    {
        using var workspace = SharedWorkspaces.Done();

        var check = workspace.Run("--check", "--set", "mel_statistics.clamp=-11").With(code: 3);

        Assert.That(check.Ran, Is.Empty);
        Assert.That(workspace.Run("--check").Code, Is.Zero, "without the change");
    }
}
