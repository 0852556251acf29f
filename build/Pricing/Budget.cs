using System.Globalization;
using Tmrvc.Build.CommandLine;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Pricing;

/// <summary>Holds a plan against <c>--max-cost</c> and <c>--max-hours</c>.</summary>
internal static class Budget
{
    public static SpendingLimit LimitOf(Request request) => new(request.MaxHours, request.MaxCost);

    /// <summary>Why the plan is refused, with the arithmetic; empty when it is within the limits.</summary>
    public static IReadOnlyList<string> Refusal(Plan plan, Request request)
    {
        string[] excesses = [.. Excesses(plan, request)];
        return excesses.Length == 0 ? [] : [.. excesses, .. Arithmetic(plan, plan.Cost > 0)];
    }

    /// <summary>What a limit that the plan is within does not vouch for; null when there is nothing, or no limit.</summary>
    public static string? Caveat(Plan plan, Request request)
    {
        var limit = request.MaxCost is not null ? "--max-cost" : request.MaxHours is not null ? "--max-hours" : null;
        return limit is not null && NotCounted(plan) is { Length: > 0 } unknown ? $"{limit}: {unknown}" : null;
    }

    private static IEnumerable<string> Excesses(Plan plan, Request request)
    {
        if (plan.Cost > request.MaxCost)
            yield return $"--max-cost={Text(request.MaxCost)}: this plan is expected to cost {Amounts.Dollars(plan.Cost)}; raise the limit, or choose a target that needs less";
        if (plan.Hours > request.MaxHours)
            yield return $"--max-hours={Text(request.MaxHours)}: this plan is expected to take {Amounts.Hours(plan.Hours)}; raise the limit, or choose a target that needs less";
    }

    /// <param name="costs">Whether anything of it costs money.</param>
    private static IEnumerable<string> Arithmetic(Plan plan, bool costs)
    {
        foreach (var (stage, expected) in plan.Stages.Where(stage => stage.Expected is not null).Select(stage => (stage.Id, stage.Expected!)))
            yield return $"  {stage}: {Hours(expected)}{(costs ? $" × {Amounts.Rate(expected.Rate)} = {Amounts.Dollars(expected.Cost.Middle)}" : "")}";
        yield return $"  in all: {Amounts.Hours(plan.Hours)}{(costs ? $", {Amounts.Dollars(plan.Cost)}" : "")}";
        if (NotCounted(plan) is { Length: > 0 } unknown)
            yield return $"  {unknown}";
    }

    private static string NotCounted(Plan plan)
    {
        string[] unknown = [.. plan.Stages.Where(stage => stage is { State: PlannedState.Run, Expected: null }).Select(stage => stage.Id.Value)];
        return unknown.Length > 0 ? $"not counted, for nothing is known of them: {string.Join(", ", unknown)}" : "";
    }

    private static string Hours(Expectation expected) => expected.Hours.Low == expected.Hours.High
        ? Amounts.Hours(expected.Hours.Low)
        : $"{Amounts.Hours(expected.Hours.Middle)} (the middle of {Amounts.Hours(expected.Hours)})";

    private static string? Text(double? limit) => limit?.ToString(CultureInfo.InvariantCulture);
}
