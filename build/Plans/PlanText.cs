using Tmrvc.Build.Pricing;
using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Plans;

/// <summary>A plan for people: one line per stage, with the changes behind it when they are asked for, and a line for all.</summary>
internal static class PlanText
{
    public static IEnumerable<string> Lines(Plan plan, bool explained)
    {
        var width = plan.Stages.Select(stage => stage.Id.Value.Length).DefaultIfEmpty().Max();
        foreach (var stage in plan.Stages)
        {
            yield return $"{stage.Id.Value.PadRight(width)}  {Word(stage.State),-7}  {stage.Reason}{Expectation(stage)}";
            foreach (var note in stage.Notes)
                yield return $"    note: {note}";
            foreach (var change in explained ? stage.Changed : [])
                yield return $"    {change.What}: {change.Old ?? "nothing"} → {change.New ?? "nothing"}";
        }
        yield return Total(plan);
    }

    public static string Word(PlannedState state) => state.ToString().ToLowerInvariant();

    private static string Expectation(PlannedStage stage)
    {
        string?[] parts =
        [
            stage.Bytes is { } bytes ? Quantity.Bytes(bytes) : null,
            stage.Download > 0 ? $"at most {Quantity.Bytes(stage.Download)} of it to fetch" : null,
            stage.Hours is { } hours ? $"about {Amounts.Hours(hours)}" : null,
            stage.Cost is > 0 and var cost ? Amounts.Dollars(cost) : null,
        ];
        var known = string.Join(", ", parts.Where(part => part is not null));
        return known.Length == 0 ? "" : $"  ({known})";
    }

    private static string Total(Plan plan)
    {
        var counts = plan.Stages.GroupBy(stage => stage.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}");
        var download = plan.Download > 0 ? $", at most {Quantity.Bytes(plan.Download)} to fetch" : "";
        var time = plan.Hours > 0 ? $", about {Amounts.Hours(plan.Hours)}" : "";
        var cost = plan.Cost > 0 ? $", {Amounts.Dollars(plan.Cost)}" : "";
        return plan.Stages.Count == 0 ? "no stages" : $"{plan.Stages.Count} stages: {string.Join(", ", counts)}{download}{time}{cost}{CostSummary.Saved(plan)}";
    }
}
