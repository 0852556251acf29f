namespace Tmrvc.Streaming;

/// <summary>The range in which a voice speaks: mean and standard deviation of ln(F0 in Hz) over voiced frames.</summary>
public sealed record PitchRange(double LogMean, double LogDeviation)
{
    /// <summary>Fewer voiced frames, half a second of them, tell no range.</summary>
    internal const int FewestFrames = 50;

    /// <summary>F0 in <paramref name="target"/>'s range: linear in its logarithm, mean to mean and deviation to deviation.</summary>
    /// <param name="hertz">Above 0.</param>
    internal double Moved(double hertz, PitchRange target) => Math.Exp((Math.Log(hertz) - LogMean) * StretchTo(target) + target.LogMean);

    private double StretchTo(PitchRange target) => LogDeviation > 0 ? target.LogDeviation / LogDeviation : 1;
}

/// <summary>Gathers a <see cref="PitchRange"/> frame by frame.</summary>
internal sealed class PitchRangeMeter
{
    private long _frames;
    private double _sum;
    private double _sumOfSquares;

    /// <summary>Null before half a second of voiced frames.</summary>
    internal PitchRange? Range => _frames < PitchRange.FewestFrames
        ? null
        : new PitchRange(_sum / _frames, Math.Sqrt(Math.Max(0, _sumOfSquares / _frames - _sum / _frames * (_sum / _frames))));

    /// <param name="f0">Hz, 0 where unvoiced.</param>
    internal void Add(ReadOnlySpan<float> f0)
    {
        foreach (var hertz in f0)
        {
            if (hertz <= 0)
                continue;
            var log = Math.Log(hertz);
            (_frames, _sum, _sumOfSquares) = (_frames + 1, _sum + log, _sumOfSquares + log * log);
        }
    }
}
