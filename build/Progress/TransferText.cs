using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>What Pull or Push came to: one line per stage, and one for all.</summary>
internal static class TransferText
{
    /// <param name="moved">The word for what was brought: restored or pushed.</param>
    public static IEnumerable<string> Lines(TransferSummary summary, string moved)
    {
        var width = summary.Stages.Select(stage => stage.Stage.Value.Length).DefaultIfEmpty().Max();
        foreach (var stage in summary.Stages)
            yield return string.Join("  ", Parts(stage, moved, width).Where(part => part.Length > 0));
        yield return Total(summary, moved);
    }

    private static IEnumerable<string> Parts(StageTransfer stage, string moved, int width) =>
    [
        stage.Stage.Value.PadRight(width),
        stage.Result switch { TransferResult.Moved => moved, TransferResult.AlreadyThere => "was there", _ => "failed" },
        stage.Bytes > 0 ? Quantity.Bytes(stage.Bytes) : "",
        stage.Reason,
    ];

    private static string Total(TransferSummary summary, string moved)
    {
        if (summary.Stages.Count == 0)
            return "no lock files: nothing to move";
        var counts = summary.Stages.CountBy(stage => stage.Result).ToDictionary();
        string[] parts =
        [
            $"{counts.GetValueOrDefault(TransferResult.Moved)} {moved}",
            .. counts.TryGetValue(TransferResult.AlreadyThere, out var there) ? [$"{there} there already"] : Array.Empty<string>(),
            .. counts.TryGetValue(TransferResult.Failed, out var failed) ? [$"{failed} failed"] : Array.Empty<string>(),
        ];
        var stages = summary.Stages.Count == 1 ? "1 stage" : $"{summary.Stages.Count} stages";
        return $"{stages}: {string.Join(", ", parts)}; {Quantity.Moved(summary.Bytes, summary.Duration)}";
    }
}
