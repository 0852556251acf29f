using Tmrvc.Build.Plans;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests;

public sealed class PlanTests
{
    private static readonly Plan Sample = new(
    [
        new PlannedStage("MelStatistics", PlannedState.Fresh, "up to date", [], [], 1_500, null, null),
        new PlannedStage("Phase0", PlannedState.Run, "settings.lr changed", [new Change("settings.lr", "0.0002", "4E-05")], ["code changed"], null, 0.5, 1.25),
    ]);

    [Test]
    public void A_plan_lists_states_reasons_sizes_time_and_cost()
    {
        Assert.That(PlanText.Lines(Sample, explained: false), Is.EqualTo(new[]
        {
            "MelStatistics  fresh    up to date  (1.5 kB)",
            "Phase0         run      settings.lr changed  (about 30:00 min, $1.25)",
            "    note: code changed",
            "2 stages: 1 fresh, 1 run, about 30:00 min, $1.25",
        }));
    }

    [Test]
    public void An_explained_plan_shows_old_and_new()
    {
        Assert.That(PlanText.Lines(Sample, explained: true), Has.Member("    settings.lr: 0.0002 → 4E-05"));
    }

    [Test]
    public void A_plan_without_stages_says_so()
    {
        Assert.That(PlanText.Lines(new Plan([]), explained: true), Is.EqualTo(new[] { "no stages" }));
    }
}
