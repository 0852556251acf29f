using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 12: errors name the stage, the item, what was found and what was allowed.</summary>
public sealed class Guarantee12ErrorTests
{
    [Test]
    public async Task An_error_of_an_item_names_stage_and_item()
    {
        using var checkout = new Checkout();
        checkout.Write("in/p225/001.txt", "x");
        checkout.Write("in/p225/002.txt", "y");
        var stage = new TestItems("Preprocess", new StageInput.Files("audio", "in", "**/*.txt"), item =>
            item.Id == "p225/002.txt" ? throw new InvalidDataException("16 bits found, 24 allowed") : "fine");
        var outcome = (await checkout.Run(stage))["Preprocess"];
        Assert.That((outcome.State, outcome.Reason),
            Is.EqualTo((StageState.Failed, "Stage Preprocess: item p225/002.txt: 16 bits found, 24 allowed")));
    }

    [Test]
    public async Task What_was_thrown_comes_with_the_outcome()
    {
        using var checkout = new Checkout();
        var thrown = new InvalidDataException("16 bits found, 24 allowed");
        var outcome = (await checkout.Run(new TestAction("Broken", _ => throw thrown)))["Broken"];
        Assert.That(outcome.Fault, Is.SameAs(thrown));
    }

    [Test]
    public async Task The_log_of_a_failed_stage_holds_what_ended_it()
    {
        using var checkout = new Checkout();
        var outcome = (await checkout.Run(new TestAction("Broken", _ => throw new InvalidDataException("16 bits found, 24 allowed"))))["Broken"];
        Assert.That(File.ReadAllLines(outcome.Log!)[0], Is.EqualTo("Stage Broken: 16 bits found, 24 allowed"));
        Assert.That((await checkout.Run(Make.Source("Good", "x")))["Good"].Log, Is.Not.Null.And.Not.EqualTo(outcome.Log));
    }

    [Test]
    public async Task A_missing_input_is_named_before_anything_runs()
    {
        using var checkout = new Checkout();
        var plan = checkout.Plan([Make.Upper("A", new StageInput.File("text", "data/text.txt")), Make.Upper("B", Make.From("A"))]);
        Assert.That(plan.Stages.Select(stage => (stage.State, stage.Reason)), Is.EqualTo(new[]
        {
            (PlannedState.Blocked, "input 'text': data/text.txt: there is no such file. Create it, or correct the path"),
            (PlannedState.Blocked, "input 'in': stage A is blocked"),
        }));
        Assert.That((await checkout.Run(Make.Upper("A", new StageInput.File("text", "data/text.txt")))).Result,
            Is.EqualTo(RunResult.Failed));
    }

    [Test]
    public async Task Asking_for_an_undeclared_input_lists_the_declared_ones()
    {
        using var checkout = new Checkout();
        checkout.Write("a.txt", "a");
        var stage = new TestAction("Reader", run => run.Input("b")) { In = [new StageInput.File("a", "a.txt")] };
        Assert.That((await checkout.Run(stage))["Reader"].Reason,
            Does.StartWith("Stage Reader: input 'b' was asked for; declared are 'a'."));
    }

    [Test]
    public async Task What_needs_a_failed_stage_says_so_and_its_siblings_run_when_asked_to()
    {
        using var checkout = new Checkout();
        Stage[] stages =
        [
            new TestAction("Broken", _ => throw new InvalidOperationException("no")),
            Make.Upper("After", Make.From("Broken")),
            Make.Source("First", "x") , Make.Upper("Sibling", Make.From("First")),
        ];
        var kept = await checkout.Run(RunOptions.Default with { Jobs = 1, KeepGoing = true }, stages);
        Assert.That(kept["After"].Reason, Is.EqualTo("needs Broken, which failed"));
        Assert.That((kept.Result, kept["Sibling"].State), Is.EqualTo((RunResult.Failed, StageState.Ran)));
    }

    [Test]
    public async Task Without_keep_going_nothing_new_is_started_after_a_failure()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(RunOptions.Default with { Jobs = 1 }, new TestAction("Broken", _ => throw new InvalidOperationException("no")), Make.Source("Other", "x"));
        Assert.That((summary["Other"].State, summary["Other"].Reason),
            Is.EqualTo((StageState.Blocked, "not started: Broken failed and --keep-going was not given")));
    }

    [Test]
    public void Unknown_targets_and_forced_stages_are_all_named()
    {
        using var checkout = new Checkout();
        Assert.That(() => checkout.Engine(Make.Source("A", "x")).Plan(["A", "B"], Force.Of("C")), Throws.TypeOf<GraphException>()
            .With.Property(nameof(GraphException.Mistakes))
                .EqualTo(new[] { "Stage B: there is no such stage.", "Stage C: there is no such stage." }));
    }
}
