using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>The last line of a run.</summary>
internal static class SummaryText
{
    public static string Of(RunSummary summary)
    {
        var counts = summary.Stages
            .GroupBy(stage => stage.State)
            .OrderBy(group => group.Key == StageState.Fresh)
            .ThenBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}");
        var all = summary.Stages.Count == 1 ? "1 stage" : $"{summary.Stages.Count} stages";
        if (summary.Stages.All(stage => stage.State == StageState.Fresh))
            return $"{all} fresh";
        var end = summary.Result == RunResult.Preempted ? "; the same command goes on from here" : "";
        return $"{all}: {string.Join(", ", counts)} in {Quantity.Time(summary.Duration)}{end}";
    }
}
