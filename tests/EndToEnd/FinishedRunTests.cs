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

    [Test]
    public void A_trial_with_set_leaves_the_lock_files_as_they_are_and_says_so()
    {
        using var workspace = SharedWorkspaces.Done();
        var before = workspace.Locks;

        var trial = workspace.Run("--set", "gates.0.loss.remaining=0.01").With(code: 1);

        Assert.That(trial.Ran, Is.EqualTo(new[] { "Report" }));
        Assert.That(trial.Output, Has.Some.EqualTo("--set: a trial; the lock files stay as they are"));
        Assert.That(workspace.Locks, Is.EqualTo(before));
        Assert.That(workspace.Run("--check", "--set", "gates.0.loss.remaining=0.01").Code, Is.Zero, "the records know the trial");
    }

    [Test]
    public void A_gate_that_does_not_pass_ends_with_1_and_its_numbers_and_is_reported()
    {
        using var workspace = SharedWorkspaces.Done();
        workspace.Edit("profiles/mini.yaml", "remaining: 0.99", "remaining: 0.01");

        var rejected = workspace.Run().With(code: 1);

        Assert.That(rejected.Everything, Does.Match(@"GatePhase0\] did not pass: .*last window over the first: found 0\.\d+, allowed ≤ 0\.0100"));
        Assert.That(rejected.Ran, Is.EqualTo(new[] { "Report" }));
        Assert.That(workspace.OutputText("Report", "content.json"), Does.Contain("0.0100"));
        var again = workspace.Run().With(code: 1);
        Assert.That(again.Ran, Is.Empty);
        Assert.That(again.Everything, Does.Contain("GatePhase0] did not pass: "), "a kept verdict is told like a new one");
    }

    [Test]
    public void Of_artifacts_that_were_deleted_the_target_comes_back_from_the_store_and_no_stage_runs()
    {
        using var workspace = SharedWorkspaces.Done();
        Directory.Delete(Path.Combine(workspace.Artifacts, "store", "entries"), recursive: true);

        var restored = workspace.Run().With(code: 0);

        Assert.That(restored.Ran, Is.Empty);
        Assert.That(restored.Output, Has.Some.EqualTo("[Report] restored").And.None.StartsWith("[Phase0]"));
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
        Assert.That(workspace.Run("--check").Code, Is.Zero);
    }

    [Test]
    public void An_artifact_whose_bytes_were_changed_is_made_again_and_what_follows_stays_fresh()
    {
        using var workspace = SharedWorkspaces.Done();
        var statistics = Directory.EnumerateFiles(Path.Combine(workspace.Artifacts, "store", "entries"), "*statistics*", SearchOption.AllDirectories).Single();
        File.AppendAllText(statistics, "not what was published");

        var again = workspace.Run().With(code: 0);

        Assert.That(again.Ran, Is.EqualTo(new[] { "MelStatistics" }));
        Assert.That(workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
        Assert.That(File.ReadAllText(statistics), Does.Not.Contain("not what was published"));
    }
}
