namespace Tmrvc.Corpora;

/// <summary>Cuts a long stretch at its pauses, the longest first, until no piece is longer than the maximum.</summary>
internal sealed class Segmenter(double minSeconds, double maxSeconds)
{
    /// <param name="stretch">What to cut.</param>
    /// <param name="speech">Speech within it, ascending; pauses are what lies between.</param>
    /// <returns>Pieces that tile the stretch, in order, none shorter than the minimum unless the stretch itself is.</returns>
    internal IEnumerable<TimeRange> Cut(TimeRange stretch, IReadOnlyList<TimeRange> speech)
    {
        var pauses = speech.Zip(speech.Skip(1), (before, after) => new TimeRange(before.End, after.Start)).ToList();
        return Cut(stretch, pauses);
    }

    private IEnumerable<TimeRange> Cut(TimeRange stretch, List<TimeRange> pauses)
    {
        if (stretch.Length <= maxSeconds)
            return [stretch];
        var cut = CutPoint(stretch, pauses);
        return Cut(stretch with { End = cut }, pauses).Concat(Cut(stretch with { Start = cut }, pauses));
    }

    /// <summary>The middle of the longest pause that leaves enough on both sides; without one, an equal share.</summary>
    private double CutPoint(TimeRange stretch, List<TimeRange> pauses)
    {
        var usable = pauses
            .Where(pause => pause.Middle - stretch.Start >= minSeconds && stretch.End - pause.Middle >= minSeconds)
            .OrderByDescending(pause => pause.Length).ThenBy(pause => Math.Abs(pause.Middle - stretch.Middle))
            .ToList();
        return usable.Count > 0
            ? usable[0].Middle
            : stretch.Start + stretch.Length / Math.Ceiling(stretch.Length / maxSeconds);
    }
}
