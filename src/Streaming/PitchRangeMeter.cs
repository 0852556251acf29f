using Tmrvc.Audio;

namespace Tmrvc.Streaming;

/// <summary>Gathers a <see cref="PitchRange"/> frame by frame.</summary>
internal sealed class PitchRangeMeter
{
    /// <summary>Fewer voiced frames, half a second of them, tell no range.</summary>
    internal const int FewestFrames = 50;

    private long _frames;
    private double _sum;
    private double _sumOfSquares;

    /// <summary>Null before half a second of voiced frames.</summary>
    internal PitchRange? Range => _frames < FewestFrames
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
