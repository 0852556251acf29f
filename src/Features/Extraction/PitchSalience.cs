using System.Numerics.Tensors;

namespace Tmrvc.Features;

/// <summary>
/// From salience to F0, as CREPE and RMVPE have it: 360 bins of 20 cents above 10 Hz; the mean of the nine bins around the most salient
/// one, weighted by salience; unvoiced where no bin exceeds the threshold.
/// </summary>
public static class PitchSalience
{
    public const int Bins = 360;

    private const int Reach = 4;
    private const double FirstCents = 1997.3794084376191;

    /// <param name="salience">[360], 0 to 1.</param>
    /// <returns>Hz, 0 where unvoiced; no number where one of the bins is none.</returns>
    public static float Decode(ReadOnlySpan<float> salience, double threshold)
    {
        var peak = TensorPrimitives.IndexOfMax(salience);
        if (float.IsNaN(salience[peak]))
            return float.NaN;
        if (salience[peak] <= threshold)
            return 0;
        var (sum, weights) = (0.0, 0.0);
        for (var bin = Math.Max(0, peak - Reach); bin <= Math.Min(Bins - 1, peak + Reach); bin++)
            (sum, weights) = (sum + salience[bin] * Cents(bin), weights + salience[bin]);
        return (float)(10 * Math.Pow(2, sum / weights / 1200));
    }

    /// <summary>Of the middle of a bin, above 10 Hz.</summary>
    public static double Cents(int bin) => 20.0 * bin + FirstCents;
}
