using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

public sealed class GateTests
{
    private static Stage[] Pipeline(string loss, out TestGate gate)
    {
        gate = new TestGate("Gate", Make.From("Train"), found => found == "0.5");
        return
        [
            Make.Source("Train", loss), gate,
            new TestAction("Next", run => File.WriteAllText(run.Output("out.txt"), "next")) { In = [new StageInput.Passed("gate", "Gate")] },
            new TestAction("Report", run => File.Copy(run.Input("verdict"), run.Output("out.txt"))) { In = [Make.Verdict("Gate")] },
        ];
    }

    [Test]
    public async Task A_passed_gate_lets_what_follows_run()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(Pipeline("0.5", out _));
        Assert.That(summary.States(), Is.All.EqualTo(StageState.Ran));
        Assert.That(summary.Result, Is.EqualTo(RunResult.Done));
    }

    [Test]
    public async Task A_failed_gate_blocks_what_requires_it_with_its_numbers_and_lets_the_report_run()
    {
        using var checkout = new Checkout();
        var summary = await checkout.Run(Pipeline("3.0", out _));
        Assert.That(summary.Stages.Select(stage => (stage.Stage.Value, stage.State)), Is.EqualTo(new[]
        {
            ("Train", StageState.Ran), ("Gate", StageState.Rejected), ("Next", StageState.Blocked), ("Report", StageState.Ran),
        }));
        Assert.That(summary["Gate"].Reason, Is.EqualTo("did not pass: loss: found 3.0, allowed < 1"));
        Assert.That(summary["Next"].Reason, Is.EqualTo("input 'gate': gate Gate has not passed: loss: found 3.0, allowed < 1"));
        Assert.That(summary.Output("Report"), Does.Contain("3.0"));
        Assert.That(summary.Result, Is.EqualTo(RunResult.Failed));
    }

    [Test]
    public async Task A_failed_verdict_is_cached_like_any_other()
    {
        using var checkout = new Checkout();
        await checkout.Run(Pipeline("3.0", out _));
        var again = await checkout.Run(Pipeline("3.0", out var gate));
        Assert.That(gate.Judged, Is.Zero);
        Assert.That((again.Result, again["Gate"].State, again["Next"].State, again["Report"].State),
            Is.EqualTo((RunResult.Failed, StageState.Rejected, StageState.Blocked, StageState.Fresh)));
        Assert.That(again["Gate"].Reason, Is.EqualTo("did not pass: loss: found 3.0, allowed < 1"));
    }

    [Test]
    public async Task What_a_gate_guards_does_not_depend_on_its_numbers()
    {
        using var checkout = new Checkout();
        var lenient = new TestGate("Gate", Make.From("Train"), _ => true);
        var next = new TestAction("Next", run => File.WriteAllText(run.Output("out.txt"), "next"))
        {
            In = [new StageInput.Passed("gate", "Gate")],
        };
        Stage[] Stages(string loss) => [Make.Source("Train", loss), lenient, next];
        await checkout.Run(Stages("0.5"));
        Assert.That((await checkout.Run(Stages("0.4")))["Next"].State, Is.EqualTo(StageState.Fresh));
    }
}
