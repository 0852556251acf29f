using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

public sealed class GraphValidationTests
{
    private static IReadOnlyList<string> Mistakes(params Stage[] stages)
    {
        try
        {
            _ = new StageGraph(stages);
            return [];
        }
        catch (GraphException wrong)
        {
            return wrong.Mistakes;
        }
    }

    [Test]
    public void Every_mistake_is_listed_at_once()
    {
        var mistakes = Mistakes(
            Make.Source("Twice", "x"),
            Make.Source("Twice", "y"),
            Make.Upper("Orphan", Make.From("Nobody")),
            Make.Upper("Picky", new StageInput.Output("in", "Twice", "other.txt")),
            new TestAction("Guarded", _ => { }) { In = [new StageInput.Passed("gate", "Twice"), new StageInput.Passed("lost", "Gone")] },
            new TestAction("Names", _ => { }) { In = [new StageInput.Tool("a", "1"), new StageInput.Tool("a", "2")], Out = ["../up", "x", "x"] },
            new TestAction("Mute", _ => { }) { Out = [] },
            new TestItems("Items", new StageInput.Tool("tool", "1"), _ => "") { Parallelism = 0 });
        Assert.That(mistakes, Is.EqualTo(new[]
        {
            "Stage Twice: declared more than once.",
            "Stage Orphan: input 'in' comes from stage Nobody, which does not exist.",
            "Stage Picky: input 'in' is output 'other.txt' of stage Twice, which leaves only 'out.txt'.",
            "Stage Guarded: input 'gate' requires gate Twice, which is not a gate.",
            "Stage Guarded: input 'lost' requires gate Gone, which does not exist.",
            "Stage Names: input 'a' is declared more than once.",
            "Stage Names: output 'x' is declared more than once.",
            "Stage Names: output '../up' is not a plain file or folder name.",
            "Stage Mute: declares no output; at least one is needed.",
            "Stage Items: its items are input 'tool', a Tool; Files or Output are allowed.",
            "Stage Items: 0 workers; at least 1 is needed.",
        }));
    }

    [Test]
    public void A_cycle_is_named_in_full() => Assert.That(
        Mistakes(Make.Upper("A", Make.From("B")), Make.Upper("B", Make.From("C")), Make.Upper("C", Make.From("A")), Make.Upper("D", Make.From("A"))),
        Is.EqualTo(new[] { "Dependency cycle: A → B → C → A." }));

    [Test]
    public void Producers_come_first_and_only_what_the_targets_need_is_taken()
    {
        var graph = new StageGraph([Make.Upper("C", Make.From("B")), Make.Upper("B", Make.From("A")), Make.Source("A", "x"), Make.Upper("D", Make.From("C"))]);
        Assert.That(graph.Needed(["C"]).Select(stage => stage.Id.Value), Is.EqualTo(new[] { "A", "B", "C" }));
    }
}
