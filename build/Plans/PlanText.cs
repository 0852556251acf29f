using Tmrvc.Build.Pricing;
using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Plans;

/// <summary>A plan for people: one line per stage, with the changes behind it when they are asked for, and a line for all.</summary>
internal static class PlanText
{
    /// <summary>Stages that the last line names.</summary>
    private const int Named = 3;

    public static IEnumerable<string> Lines(Plan plan, bool explained)
    {
        var width = plan.Stages.Select(stage => stage.Id.Value.Length).DefaultIfEmpty().Max();
        foreach (var stage in plan.Stages)
        {
            string[] changes = [.. stage.Changed.Select(change => ShortHashes.In(change.Of(SettingKeys.Of(stage.Id, change.What))))];
            var reason = ShortHashes.In(stage.Reason);
            yield return $"{stage.Id.Value.PadRight(width)}  {Word(stage.State),-7}  {reason}{Expectation(stage)}";
            foreach (var note in explained || !stage.HasNewerCode ? stage.Notes : [])
                yield return $"    note: {note}";
            foreach (var change in explained ? changes : [])
                if (!reason.StartsWith(change, StringComparison.Ordinal))
                    yield return $"    {change}";
        }
        if (!explained && plan.Stages.Count(stage => stage.HasNewerCode) is > 0 and var older)
            yield return NewerCode(older);
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

    private static string NewerCode(int count) => count == 1
        ? "note: the code behind 1 stage changed since it ran; its version did not, so it counts as fresh (--explain names it, --force runs it again)"
        : $"note: the code behind {count} stages changed since they ran; their versions did not, so they count as fresh (--explain names them, --force runs them again)";

    private static string Total(Plan plan)
    {
        var counts = plan.Stages.GroupBy(stage => stage.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}");
        var download = plan.Download > 0 ? $", at most {Quantity.Bytes(plan.Download)} to fetch" : "";
        var hours = plan.Hours > 0 ? $"about {Amounts.Hours(plan.Hours)}" : "";
        var time = string.Join(" and ", new[] { hours, Untimed(plan) }.Where(part => part.Length > 0));
        var cost = plan.Cost > 0 ? $", {Amounts.Dollars(plan.Cost)}" : "";
        var all = plan.Stages.Count == 1 ? "1 stage" : $"{plan.Stages.Count} stages";
        return plan.Stages.Count == 0 ? "no stages" : $"{all}: {string.Join(", ", counts)}{download}{(time.Length > 0 ? $", {time}" : "")}{cost}{CostSummary.Saved(plan)}";
    }

    /// <summary>What the total of hours leaves out.</summary>
    private static string Untimed(Plan plan)
    {
        string[] stages = [.. plan.Stages.Where(stage => stage is { State: PlannedState.Run, Expected: null }).Select(stage => stage.Id.Value)];
        var named = string.Join(", ", stages.Take(Named)) + (stages.Length > Named ? ", …" : "");
        return stages.Length == 0 ? "" : $"{stages.Length} {(stages.Length == 1 ? "stage" : "stages")} of unknown length ({named})";
    }
}
