using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 4: a rerun that yields the same bytes leaves everything after it fresh.</summary>
public sealed class Guarantee04EarlyCutoffTests
{
    private static (TestAction Length, TestAction Upper, TestAction Last) Chain() => (
        new("Length", run => File.WriteAllText(run.Output("out.txt"), $"{File.ReadAllText(run.Input("text")).Length} letters")) { In = [new StageInput.File("text", "text.txt")] },
        Make.Upper("Upper", Make.From("Length")),
        Make.Upper("Last", Make.From("Upper")));

    [Test]
    public async Task Identical_bytes_leave_what_follows_fresh()
    {
        using var checkout = new Checkout();
        checkout.Write("text.txt", "one");
        var chain = Chain();
        await checkout.Run(chain.Length, chain.Upper, chain.Last);
        checkout.Write("text.txt", "two");
        var again = await checkout.Run(chain.Length, chain.Upper, chain.Last);
        Assert.That(again.States(), Is.EqualTo(new[] { StageState.Ran, StageState.Fresh, StageState.Fresh }));
        Assert.That((chain.Length.Runs, chain.Upper.Runs, chain.Last.Runs), Is.EqualTo((2, 1, 1)));
    }

    [Test]
    public async Task Other_bytes_run_what_follows()
    {
        using var checkout = new Checkout();
        checkout.Write("text.txt", "one");
        var chain = Chain();
        await checkout.Run(chain.Length, chain.Upper, chain.Last);
        checkout.Write("text.txt", "three");
        var again = await checkout.Run(chain.Length, chain.Upper, chain.Last);
        Assert.That(again.States(), Is.All.EqualTo(StageState.Ran));
        Assert.That(again.Output("Last"), Is.EqualTo("5 LETTERS"));
    }

    [Test]
    public async Task The_plan_says_which_input_is_not_known_yet()
    {
        using var checkout = new Checkout();
        checkout.Write("text.txt", "one");
        var chain = Chain();
        await checkout.Run(chain.Length, chain.Upper, chain.Last);
        checkout.Write("text.txt", "two");
        var plan = checkout.Plan([chain.Length, chain.Upper, chain.Last]);
        Assert.That(plan.Stages.Select(stage => stage.State), Is.All.EqualTo(PlannedState.Run));
        Assert.That(plan["Length"].Reason, Does.StartWith("input.text: file "));
        Assert.That(plan["Upper"].Reason, Is.EqualTo("runs if Length changes its input 'in'"));
    }

    [Test]
    public async Task Going_back_to_an_earlier_state_finds_its_record()
    {
        using var checkout = new Checkout();
        checkout.Write("text.txt", "one");
        var chain = Chain();
        await checkout.Run(chain.Length, chain.Upper, chain.Last);
        checkout.Write("text.txt", "three");
        await checkout.Run(chain.Length, chain.Upper, chain.Last);
        checkout.Write("text.txt", "one");
        var back = await checkout.Run(chain.Length, chain.Upper, chain.Last);
        Assert.That(back.States(), Is.All.EqualTo(StageState.Fresh));
        Assert.That(back.Output("Last"), Is.EqualTo("3 LETTERS"));
    }
}
