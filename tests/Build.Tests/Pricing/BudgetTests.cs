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
        new PlannedStage("SpeakerEncoder", PlannedState.Fresh, "up to date", [], [], 1_500, null, null) { Saved = new Spent(1.5, 1.8) },
        new PlannedStage("Phase0", PlannedState.Run, "nothing is recorded of it", [], [], null, 18, 21.6) { Expected = OnGpu },
        new PlannedStage("Report", PlannedState.Run, "may run", [], [], null, null, null),
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
    public void A_plan_within_the_limits_is_not_refused() =>
        Assert.That(Budget.Refusal(Sample, Request.Default with { MaxCost = 21.6, MaxHours = 18 }), Is.Empty);

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
        PlanText.Lines(Sample, explained: false).Last(), Does.EndWith("$21.60; what is there already saves 1.5 h, $1.80"));

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
