namespace Tmrvc.Evaluation;

/// <summary>How close two F0 contours are, [T] Hz each, 0 where unvoiced. Correlation and error are over frames voiced in both.</summary>
public sealed class PitchFigures
{
    private readonly List<(double Asked, double Found)> _voiced = [];
    private long _frames;
    private long _differing;

    /// <summary>The contours may differ in length by a frame or so; the shorter one counts.</summary>
    public void Add(ReadOnlySpan<float> asked, ReadOnlySpan<float> found)
    {
        for (var t = 0; t < Math.Min(asked.Length, found.Length); t++)
        {
            _frames++;
            if (asked[t] > 0 && found[t] > 0) _voiced.Add((Semitones(asked[t]), Semitones(found[t])));
            else if (asked[t] > 0 || found[t] > 0) _differing++;
        }
    }

    /// <summary>Pearson's, of log F0; null with fewer than two frames or without variation.</summary>
    public double? Correlation()
    {
        if (_voiced.Count < 2) return null;
        var (asked, found) = (_voiced.Average(f => f.Asked), _voiced.Average(f => f.Found));
        var covariance = _voiced.Sum(f => (f.Asked - asked) * (f.Found - found));
        var variances = _voiced.Sum(f => Math.Pow(f.Asked - asked, 2)) * _voiced.Sum(f => Math.Pow(f.Found - found, 2));
        return variances > 0 ? covariance / Math.Sqrt(variances) : null;
    }

    /// <summary>Root mean square error in semitones; null without voiced frames.</summary>
    public double? Error() => _voiced.Count == 0 ? null : Math.Sqrt(_voiced.Average(f => Math.Pow(f.Asked - f.Found, 2)));

    /// <summary>Share of frames voiced in one and not in the other; null without frames.</summary>
    public double? VoicingError() => _frames == 0 ? null : (double)_differing / _frames;

    private static double Semitones(double hertz) => 12 * Math.Log2(hertz);
}
