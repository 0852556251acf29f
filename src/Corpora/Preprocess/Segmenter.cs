namespace Tmrvc.Corpora;

/// <summary>
/// Cuts speech at its pauses: at every long one, then at the longest of those left until no piece is longer than the maximum. Where
/// trimmed, a piece begins and ends with speech.
/// </summary>
/// <param name="maxPause">Seconds; counts where pieces are trimmed.</param>
internal sealed class Segmenter(double minSeconds, double maxSeconds, double maxPause, bool trims)
{
    /// <summary>Shares of a stretch differ in their last digits.</summary>
    private const double Rounding = 1e-9;

    /// <param name="stretch">What to cut.</param>
    /// <param name="speech">Speech in it, ascending; pauses are what lies between.</param>
    internal Segmentation Cut(TimeRange stretch, IReadOnlyList<TimeRange> speech)
    {
        var pieces = new List<TimeRange>();
        var silent = Cut(stretch, speech, pieces);
        var segments = pieces.Where(piece => piece.Length >= minSeconds).ToList();
        return new(segments, silent, pieces.Count - segments.Count, pieces.Max(piece => (double?)piece.Length) ?? 0);
    }

    /// <returns>Pieces without speech.</returns>
    private int Cut(TimeRange stretch, IReadOnlyList<TimeRange> speech, List<TimeRange> pieces)
    {
        speech = [.. speech.Where(range => range.End > stretch.Start && range.Start < stretch.End)];
        if (speech.Count == 0)
            return 1;
        if (trims)
            stretch = new(Math.Max(stretch.Start, speech[0].Start), Math.Min(stretch.End, speech[^1].End));
        if (CutPoint(stretch, Pauses(speech)) is { } cut)
            return Cut(stretch with { End = cut }, speech, pieces) + Cut(stretch with { Start = cut }, speech, pieces);
        pieces.Add(stretch);
        return 0;
    }

    /// <summary>The middle of a pause that is long, or the longest that leaves enough on both sides; without one, an equal share.</summary>
    /// <returns>Null where the stretch stays whole.</returns>
    private double? CutPoint(TimeRange stretch, List<TimeRange> pauses)
    {
        if (trims && pauses.Count > 0 && pauses[0].Length > maxPause)
            return pauses[0].Middle;
        if (stretch.Length <= maxSeconds + Rounding)
            return null;
        var usable = pauses.FindIndex(pause => pause.Start - stretch.Start >= minSeconds && stretch.End - pause.End >= minSeconds);
        return usable >= 0 ? pauses[usable].Middle : stretch.Start + stretch.Length / Math.Ceiling(stretch.Length / maxSeconds);
    }

    /// <summary>The longest first; of equal ones that nearest to the middle of the speech.</summary>
    private static List<TimeRange> Pauses(IReadOnlyList<TimeRange> speech)
    {
        var middle = (speech[0].Start + speech[^1].End) / 2;
        return [.. speech.Zip(speech.Skip(1), (before, after) => new TimeRange(before.End, after.Start))
            .OrderByDescending(pause => pause.Length).ThenBy(pause => Math.Abs(pause.Middle - middle))];
    }
}
