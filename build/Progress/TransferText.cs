using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>What Pull or Push came to: one line per stage, and one for all.</summary>
internal static class TransferText
{
    /// <param name="moved">The word for what was brought: restored or pushed.</param>
    public static IEnumerable<string> Lines(TransferSummary summary, string moved)
    {
        var width = summary.Stages.Select(stage => stage.Stage.Value.Length).DefaultIfEmpty().Max();
        var told = new HashSet<string>();
        foreach (var stage in summary.Stages)
            yield return string.Join("  ", Parts(stage, moved, width, told.Add(stage.Reason)).Where(part => part.Length > 0));
        yield return Total(summary, moved);
    }

    private static IEnumerable<string> Parts(StageTransfer stage, string moved, int width, bool isNew) =>
    [
        stage.Stage.Value.PadRight(width),
        stage.Result switch { TransferResult.Moved => moved, TransferResult.AlreadyThere => "was there", TransferResult.Confined => "stays", _ => "failed" },
        Amount(stage),
        isNew || stage.Reason.Length == 0 ? stage.Reason : "(as above)",
    ];

    private static string Amount(StageTransfer stage) => stage switch
    {
        { Bytes: 0 } => "",
        { Travelled: 0, Result: TransferResult.AlreadyThere or TransferResult.Failed } => Quantity.Bytes(stage.Bytes),
        _ when stage.Travelled < stage.Bytes =>
            $"{Quantity.Bytes(stage.Bytes)}, {Quantity.Bytes(stage.Travelled)} of it travelled",
        _ => Quantity.Bytes(stage.Bytes),
    };

    private static string Travelled(TransferSummary summary) => summary.Travelled > 0
        ? Quantity.Moved(summary.Travelled, summary.Duration)
        : $"nothing had to travel, in {Quantity.Time(summary.Duration)}";

    private static string Total(TransferSummary summary, string moved)
    {
        if (summary.Stages.Count == 0)
            return "no lock files: nothing to move";
        var counts = summary.Stages.CountBy(stage => stage.Result).ToDictionary();
        string[] parts =
        [
            $"{counts.GetValueOrDefault(TransferResult.Moved)} {moved}",
            .. counts.TryGetValue(TransferResult.AlreadyThere, out var there) ? [$"{there} there already"] : Array.Empty<string>(),
            .. counts.TryGetValue(TransferResult.Confined, out var confined) ? [$"{confined} may not travel"] : Array.Empty<string>(),
            .. counts.TryGetValue(TransferResult.Failed, out var failed) ? [$"{failed} failed"] : Array.Empty<string>(),
        ];
        var stages = summary.Stages.Count == 1 ? "1 stage" : $"{summary.Stages.Count} stages";
        return $"{stages}: {string.Join(", ", parts)}; {Travelled(summary)}";
    }
}
