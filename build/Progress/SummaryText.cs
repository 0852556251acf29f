using Tmrvc.Build.Pricing;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>The last line of a run.</summary>
internal static class SummaryText
{
    /// <param name="took">How long content was on its way in a direction.</param>
    public static string Of(RunSummary summary, Func<TransferDirection, TimeSpan> took) => Stages(summary) + string.Concat(Transfers(summary, took));

    private static IEnumerable<string> Transfers(RunSummary summary, Func<TransferDirection, TimeSpan> took)
    {
        if (summary.Downloaded > 0)
            yield return $"; fetched {Quantity.Moved(summary.Downloaded, took(TransferDirection.Download))}";
        if (summary.Uploaded > 0)
            yield return $"; pushed {Quantity.Moved(summary.Uploaded, took(TransferDirection.Upload))}";
        if (summary.NotPushed > 0)
            yield return $"; {summary.NotPushed} still to be pushed, by the next run";
    }

    private static string Stages(RunSummary summary)
    {
        var counts = summary.Stages
            .GroupBy(stage => stage.State)
            .OrderBy(group => group.Key == StageState.Fresh)
            .ThenBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}");
        var all = summary.Stages.Count == 1 ? "1 stage" : $"{summary.Stages.Count} stages";
        if (summary.Stages.All(stage => stage.State == StageState.Fresh))
            return $"{all} fresh";
        var limit = summary.IsLimitReached ? $"; stopped at the limit, after {Amounts.Hours(summary.Spent.Hours)} of work and {Amounts.Dollars(summary.Spent.Cost)}" : "";
        var end = summary.Result == RunResult.Preempted ? $"{limit}; the same command goes on from here" : "";
        return $"{all}: {string.Join(", ", counts)} in {Quantity.Time(summary.Duration)}{end}";
    }
}
