namespace Tmrvc.Audio;

/// <summary>Ranges of speech from one score per window of equal length. Knows no model.</summary>
internal sealed class SpeechSegmentation(SpeechRangeSettings settings, double windowSeconds)
{
    /// <returns>Ranges in seconds within [0, <paramref name="duration"/>], padded, never overlapping.</returns>
    internal List<(double Start, double End)> Find(ReadOnlySpan<float> scores, double duration)
    {
        var ranges = Unpadded(scores, duration);
        ranges.RemoveAll(range => range.End - range.Start < settings.MinSpeechSeconds);
        return Padded(ranges, duration);
    }

    private List<(double Start, double End)> Unpadded(ReadOnlySpan<float> scores, double duration)
    {
        var ranges = new List<(double Start, double End)>();
        double? start = null, silence = null;
        for (var window = 0; window < scores.Length; window++)
        {
            var now = window * windowSeconds;
            if (scores[window] >= settings.Threshold)
            {
                start ??= now;
                silence = null;
            }
            else if (start is not null && scores[window] < settings.Threshold - settings.Hysteresis)
            {
                silence ??= now;
                if (now - silence < settings.MinSilenceSeconds)
                    continue;
                ranges.Add((start.Value, silence.Value));
                (start, silence) = (null, null);
            }
        }
        if (start is not null)
            ranges.Add((start.Value, silence ?? duration));
        return ranges;
    }

    private List<(double Start, double End)> Padded(List<(double Start, double End)> ranges, double duration)
    {
        var padded = new List<(double Start, double End)>(ranges.Count);
        for (var i = 0; i < ranges.Count; i++)
        {
            var gapBefore = i == 0 ? double.PositiveInfinity : ranges[i].Start - ranges[i - 1].End;
            var gapAfter = i == ranges.Count - 1 ? double.PositiveInfinity : ranges[i + 1].Start - ranges[i].End;
            padded.Add((
                Math.Max(0, ranges[i].Start - Math.Min(settings.PaddingSeconds, gapBefore / 2)),
                Math.Min(duration, ranges[i].End + Math.Min(settings.PaddingSeconds, gapAfter / 2))));
        }
        return padded;
    }
}
