namespace Tmrvc.Evaluation;

/// <summary>Distances between two natural-log mels of the same shape, [80, T], both clamped alike.</summary>
public static class MelFigures
{
    /// <summary>Cepstral coefficients of the distortion, without the zeroth (level).</summary>
    public const int Coefficients = 13;

    private const double LeastVariance = 1e-12;

    /// <summary>Mean absolute difference, nat.</summary>
    public static double MeanAbsolute(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum / a.Length;
    }

    /// <summary>Root mean square difference, nat.</summary>
    public static double RootMeanSquare(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (double)(a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum / a.Length);
    }

    /// <summary>
    /// Mel-cepstral distortion in decibels (Kubichek, 1993) without time alignment: (10 / ln 10)·√(2·Σ Δc²), averaged over frames,
    /// c the cosine transform of the log amplitude spectrum over its bands.
    /// </summary>
    public static double CepstralDistortion(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int bands)
    {
        var frames = a.Length / bands;
        var difference = new double[bands];
        var sum = 0.0;
        for (var frame = 0; frame < frames; frame++)
        {
            // Half the log power is the log amplitude.
            for (var band = 0; band < bands; band++) difference[band] = (a[band * frames + frame] - b[band * frames + frame]) / 2.0;
            sum += Math.Sqrt(2 * Enumerable.Range(1, Coefficients).Sum(order => Square(Cosine(difference, order))));
        }
        return 10 / Math.Log(10) * sum / frames;
    }

    /// <summary>
    /// Variance over the frames of each of the cepstral coefficients (global variance; Toda and Tokuda, 2007), their geometric mean. Speech that is a mean over what could
    /// have been said has less of it.
    /// </summary>
    /// <param name="logMel">[80, T], natural log.</param>
    public static double GlobalVariance(ReadOnlySpan<float> logMel, int bands)
    {
        var (frames, spectrum) = (logMel.Length / bands, new double[bands]);
        var (sums, squares) = (new double[Coefficients], new double[Coefficients]);
        for (var frame = 0; frame < frames; frame++)
        {
            for (var band = 0; band < bands; band++) spectrum[band] = logMel[band * frames + frame] / 2.0;
            for (var n = 0; n < Coefficients; n++)
            {
                var cepstrum = Cosine(spectrum, n + 1);
                (sums[n], squares[n]) = (sums[n] + cepstrum, squares[n] + cepstrum * cepstrum);
            }
        }
        return Math.Exp(sums.Zip(squares, (sum, square) => Math.Log(Math.Max(LeastVariance, square / frames - Square(sum / frames)))).Average());
    }

    /// <summary>Coefficient c_n of a log spectrum S(ω) = c_0 + Σ c_n·cos(nω), ω from 0 to π over the bands.</summary>
    private static double Cosine(double[] bands, int order)
    {
        var sum = 0.0;
        for (var band = 0; band < bands.Length; band++) sum += bands[band] * Math.Cos(Math.PI * order * (band + 0.5) / bands.Length);
        return 2 * sum / bands.Length;
    }

    private static double Square(double x) => x * x;
}
