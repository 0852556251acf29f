using Tmrvc.Build.Plans;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests;

public sealed class PlanTests
{
    private static readonly Plan Sample = new(
    [
        new PlannedStage("MelStatistics", PlannedState.Fresh, "up to date", [], [], 1_500),
        new PlannedStage("Phase0", PlannedState.Run, "settings.lr changed", [new Change("settings.lr", "0.0002", "4E-05")], ["code changed"], null) { Expected = new Expectation("GPU", 2.5, Estimate.Exactly(0.5), IsRecorded: true) },
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
    public void A_plan_tells_what_stays_in_the_cache_and_what_is_brought()
    {
        var plan = new Plan(
        [
            new PlannedStage("Phase0", PlannedState.Cached, "up to date", [], [], 40_000_000),
            new PlannedStage("Report", PlannedState.Restore, "the cache has it", [], [], 1_500) { Download = 1_500 },
        ]);

        Assert.That(PlanText.Lines(plan, explained: false), Is.EqualTo(new[]
        {
            "Phase0  cached   up to date  (40 MB)",
            "Report  restore  the cache has it  (1.5 kB, at most 1.5 kB of it to fetch)",
            "2 stages: 1 cached, 1 restore, at most 1.5 kB to fetch",
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
