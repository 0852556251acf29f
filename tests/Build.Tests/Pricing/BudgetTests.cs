using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Plans;
using Tmrvc.Build.Pricing;
using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests.Pricing;

public sealed class BudgetTests
{
    private static readonly Expectation OnGpu = new("1x A100 spot", 1.2, new Estimate(12, 24), IsRecorded: false);

    private static readonly Plan Sample = new(
    [
        new PlannedStage("SpeakerEncoder", PlannedState.Fresh, "up to date", [], [], 1_500) { Saved = new Spent(1.5, 1.8) },
        new PlannedStage("Phase0", PlannedState.Run, "nothing is recorded of it", [], [], null) { Expected = OnGpu },
        new PlannedStage("Report", PlannedState.Run, "may run", [], [], null),
    ]);

    [Test]
    public void A_plan_above_the_limit_is_refused_with_the_arithmetic() => Assert.That(
        Budget.Refusal(Sample, Request.Default with { MaxCost = 20, MaxHours = 100 }), Is.EqualTo(new[]
        {
            "--max-cost=20: this plan is expected to cost $21.60; raise the limit, or choose a target that needs less",
            "  Phase0: 18 h (the middle of 12-24h) × $1.20/h = $21.60",
            "  in all: 18 h, $21.60",
            "  not counted, for nothing is known of them: Report",
        }));

    [Test]
    public void Where_nothing_costs_money_hours_alone_are_told()
    {
        var free = new Plan([.. Sample.Stages.Select(stage => stage with { Expected = stage.Expected is { } expected ? expected with { Rate = 0 } : null })]);

        Assert.That(Budget.Refusal(free, Request.Default with { MaxHours = 1 }).Skip(1), Is.EqualTo(new[]
        {
            "  Phase0: 18 h (the middle of 12-24h)", "  in all: 18 h", "  not counted, for nothing is known of them: Report",
        }));
    }

    [Test]
    public void A_plan_of_more_hours_than_are_allowed_is_refused() => Assert.That(
        Budget.Refusal(Sample, Request.Default with { MaxHours = 17.5 })[0],
        Is.EqualTo("--max-hours=17.5: this plan is expected to take 18 h; raise the limit, or choose a target that needs less"));

    [Test]
    public void A_plan_within_the_limits_is_not_refused_and_what_is_not_counted_is_told()
    {
        var within = Request.Default with { MaxCost = 21.61, MaxHours = 18 };

        Assert.That(Budget.Refusal(Sample, within), Is.Empty);
        Assert.That(Budget.Caveat(Sample, within), Is.EqualTo("--max-cost: not counted, for nothing is known of them: Report"));
        Assert.That(Budget.Caveat(Sample, Request.Default), Is.Null);
    }

    [Test]
    public void A_rate_is_told_as_exactly_as_it_was_written() =>
        Assert.That((Amounts.Rate(1.2), Amounts.Rate(0.125)), Is.EqualTo(("$1.20/h", "$0.125/h")));

    [Test]
    public void What_costs_is_stopped_at_once_where_nothing_may_be_spent_and_the_same_command_goes_on()
    {
        using var checkout = new SmallCheckout();
        checkout.Replace("configs/costs.yaml", "profiles:\n", "profiles:\n  smoke:\n    FetchPrompts: {machine: a100, hours: [0, 0]}\n");

        var run = checkout.Run("--target=FetchPrompts", "--max-cost=0");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Preempted), run.Everything);
        Assert.That(run.Output[^1], Does.Contain("stopped at the limit, after 0.0 s of work and $0.00; the same command goes on from here"));
    }

    [Test]
    public void The_summary_of_costs_is_a_table_with_a_total() => Assert.That(CostSummary.Lines(Sample), Is.EqualTo(new[]
    {
        "",
        "Cost summary",
        "| Stage     | Machine      | Hours  | Cost        | From  |",
        "| --------- | ------------ | ------ | ----------- | ----- |",
        "| Phase0    | 1x A100 spot | 12-24h | ~$14-29     | table |",
        "| **Total** |              | 12-24h | **~$14-29** |       |",
    }));

    [Test]
    public void The_plan_tells_what_the_cache_saves() => Assert.That(
        PlanText.Lines(Sample, explained: false).Last(), Does.EndWith("$21.60; kept results took 1.5 h, $1.80 to make"));

    [Test]
    public void The_full_profile_does_not_go_through_with_a_hundred_dollars()
    {
        using var checkout = new SmallCheckout();

        var refused = checkout.Run("--profile=full", "--max-cost=100");
        var shown = checkout.Run("--profile=full", "--dryrun", "--max-cost=100");

        Assert.That((refused.Code, shown.Code), Is.EqualTo((ExitCode.Usage, ExitCode.Usage)));
        Assert.That(refused.Errors[0], Does.StartWith("--max-cost=100: this plan is expected to cost $"));
        Assert.That(refused.Errors, Has.Member("  Phase0: 18 h (the middle of 12-24h) × $1.20/h = $21.60"));
        Assert.That(shown.Output, Has.One.Match(@"^\| Phase1a +\| 1x A100 spot \| 48-112h +\| ~\$58-134 +\| table +\|$"));
        Assert.That(Directory.Exists(Path.Combine(checkout.Root, "artifacts", "runs")), Is.False);
    }
}
