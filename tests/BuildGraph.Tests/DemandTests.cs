using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>What is known but not here is put back only where something needs it.</summary>
public sealed class DemandTests
{
    private static bool IsHere(Checkout checkout, StageOutcome outcome) =>
        Directory.Exists(new LocalStore(checkout.Store, TimeProvider.System).FolderOf(new EntrySet(outcome.Record!.Outputs)));

    private static IEnumerable<PlannedState> Plan(Checkout checkout, Stage[] stages) =>
        checkout.Engine(stages).Plan(["Last"], Force.None).Stages.Select(stage => stage.State);

    [Test]
    public async Task Only_the_target_is_put_back_and_the_rest_is_cached_and_not_stale()
    {
        using var checkout = new Checkout();
        var first = await checkout.Run(new Chain().Stages);
        checkout.DeleteEntries();
        Assert.That(Plan(checkout, new Chain().Stages), Is.EqualTo(new[] { PlannedState.Cached, PlannedState.Cached, PlannedState.Restore }));
        var again = await checkout.Build("Last", new Chain().Stages);
        Assert.That(again.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Cached, StageState.Restored }));
        Assert.That(again.Result, Is.EqualTo(RunResult.Done));
        Assert.That(again.Stages.Select(outcome => IsHere(checkout, outcome)), Is.EqualTo(new[] { false, false, true }));
        Assert.That(again.Stages.Select(outcome => outcome.Outputs[0].Content), Is.EqualTo(first.Stages.Select(outcome => outcome.Outputs[0].Content)));
        Assert.That(checkout.Engine(new Chain().Stages).Plan(["Last"], Force.None).IsFresh);
    }

    [Test]
    public async Task A_stage_that_runs_gets_back_what_it_reads_and_no_more()
    {
        using var checkout = new Checkout();
        await checkout.Run(new Chain().Stages);
        checkout.DeleteEntries();
        var changed = new Chain("!");
        Assert.That(Plan(checkout, changed.Stages), Is.EqualTo(new[] { PlannedState.Cached, PlannedState.Restore, PlannedState.Run }));
        var again = await checkout.Build("Last", changed.Stages);
        Assert.That(again.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Restored, StageState.Ran }));
        Assert.That(again.Output("Last"), Is.EqualTo("X.!"));
    }

    [Test]
    public async Task Content_that_proves_lost_when_it_is_needed_is_told_and_made_again_from_what_that_needs()
    {
        using var checkout = new Checkout();
        var first = await checkout.Run(new Chain().Stages);
        checkout.DeleteEntries();
        var damaged = new ObjectStore(Path.Combine(checkout.Store, "objects")).PathOf(first["Upper"].Outputs[0].Content.Hash);
        File.SetUnixFileMode(damaged, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(damaged, "rot");
        var (changed, observer) = (new Chain("!"), new Transcript());
        var again = await checkout.Engine(changed.Stages).Start(["Last"], RunOptions.Default, observer).Finished;
        Assert.That(again.States(), Is.EqualTo(new[] { StageState.Restored, StageState.Ran, StageState.Ran }));
        Assert.That(observer.StatesOf("Upper"), Is.EqualTo(new[] { "Restoring", "Waiting", "Running", "Ran" }));
        Assert.That(observer.Lines, Has.One.EqualTo("Upper: its recorded outputs are missing or damaged: the stage runs again"));
        Assert.That((again.Output("Last"), changed.Source.Runs), Is.EqualTo(("X.!", 0)));
    }

    [Test]
    public async Task A_damaged_output_does_not_stay_in_place_though_nothing_needs_it()
    {
        using var checkout = new Checkout();
        var first = await checkout.Run(new Chain().Stages);
        var path = first["Upper"].OutputPath("out.txt");
        File.Delete(path);
        File.WriteAllText(path, "not what was recorded");
        var again = await checkout.Build("Last", new Chain().Stages);
        Assert.That(again.States(), Is.EqualTo(new[] { StageState.Fresh, StageState.Restored, StageState.Fresh }));
        Assert.That(File.ReadAllText(path), Is.EqualTo("X"));
    }

    [Test]
    public async Task A_gate_that_has_only_to_be_passed_needs_no_verdict_here()
    {
        using var checkout = new Checkout();
        Stage[] Stages(string text) =>
        [
            Make.Source("Loss", "0.4"),
            new TestGate("Gate", Make.From("Loss"), found => found == "0.4"),
            new TestAction("After", run => File.WriteAllText(run.Output("out.txt"), text))
            {
                In = [new StageInput.Passed("gate", "Gate")],
                With = new Content { Text = text },
            },
        ];
        await checkout.Run(Stages("a"));
        checkout.DeleteEntries();
        var again = await checkout.Build("After", Stages("b"));
        Assert.That(again.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Cached, StageState.Ran }));
    }

    [Test]
    public async Task A_gate_that_did_not_pass_is_rejected_though_its_verdict_is_not_here()
    {
        using var checkout = new Checkout();
        Stage[] stages =
        [
            Make.Source("Loss", "2"),
            new TestGate("Gate", Make.From("Loss"), _ => false),
            Make.Upper("After", Make.From("Loss")),
            new TestAction("Page", run => File.WriteAllText(run.Output("out.txt"), "")) { In = [Make.From("After"), Make.Verdict("Gate")] },
        ];
        await checkout.Run(stages);
        checkout.DeleteEntries();
        var again = await checkout.Build("Page", stages);
        Assert.That(again.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Rejected, StageState.Cached, StageState.Restored }));
        Assert.That(again["Gate"].Reason, Does.StartWith("did not pass: loss"));
    }
}
