using System.Text.Json;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

public sealed class PlanTests
{
    private static JsonElement Json(Plan plan)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(plan, stream);
        return JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("stages");
    }

    private static TestAction Train(string text) => new("Train", run => File.WriteAllText(run.Output("out.txt"), text))
    {
        With = new Content { Text = text }, Needs = new() { ExpectedHours = 12 },
    };

    [Test]
    public async Task The_plan_for_machines_has_state_reason_changes_bytes_hours_and_cost()
    {
        using var checkout = new Checkout { Price = stage => StagePrice.Of(stage) with { Rate = 1.5 } };
        var never = Json(checkout.Plan([Train("old")]))[0];
        Assert.That(never.GetProperty("state").GetString(), Is.EqualTo("run"));
        Assert.That((never.GetProperty("hours").GetDouble(), never.GetProperty("cost").GetDouble()), Is.EqualTo((12.0, 18.0)));
        await checkout.Run(Train("old"));
        var fresh = Json(checkout.Plan([Train("old")]))[0];
        Assert.That((fresh.GetProperty("id").GetString(), fresh.GetProperty("state").GetString(), fresh.GetProperty("bytes").GetInt64()), Is.EqualTo(("Train", "fresh", 3L)));
        var stale = Json(checkout.Plan([Train("new")]))[0];
        var change = stale.GetProperty("changed")[0];
        Assert.That((change.GetProperty("what").GetString(), change.GetProperty("old").GetString(), change.GetProperty("new").GetString()), Is.EqualTo(("settings.text", "\"old\"", "\"new\"")));
        Assert.That(stale.GetProperty("reason").GetString(), Is.EqualTo("settings.text: \"old\" → \"new\""));
    }

    [Test]
    public async Task Planning_runs_nothing_and_leaves_no_record()
    {
        using var checkout = new Checkout();
        var stage = Make.Source("A", "x");
        checkout.Plan([stage]);
        Assert.That(stage.Runs, Is.Zero);
        Assert.That(checkout.ArtifactFiles(), Is.Empty);
        await checkout.Run(stage);
        var files = checkout.ArtifactFiles();
        checkout.Plan([Make.Source("A", "y")]);
        Assert.That(checkout.ArtifactFiles(), Is.EqualTo(files));
    }

    [Test]
    public async Task A_stage_with_a_known_change_and_an_unknown_input_names_the_change()
    {
        using var checkout = new Checkout();
        static TestAction After(string text) => new("After", run => File.WriteAllText(run.Output("out.txt"), text))
        {
            In = [Make.From("Train")],
            With = new Content { Text = text },
        };
        await checkout.Run(Train("a"), After("a"));
        var plan = checkout.Plan([Train("b"), After("b")]);
        Assert.That(plan["After"].Reason, Is.EqualTo("settings.text: \"a\" → \"b\""));
        Assert.That(plan["After"].Changed, Has.Count.EqualTo(1));
    }
}
