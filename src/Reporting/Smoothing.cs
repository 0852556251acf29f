namespace Tmrvc.Reporting;

internal static class Smoothing
{
    /// <summary>
    /// Exponential average with a time constant of a thirtieth of the series, corrected for its start at zero (as Adam's moments are).
    /// Values that are not finite leave the average where it was.
    /// </summary>
    public static double[] ExponentialAverage(IReadOnlyList<double> values)
    {
        var decay = 1 - 1 / Math.Max(1, values.Count / 30.0);
        var averages = new double[values.Count];
        double sum = 0, weight = 0;
        for (var i = 0; i < averages.Length; i++)
        {
            if (double.IsFinite(values[i]))
                (sum, weight) = (decay * sum + (1 - decay) * values[i], decay * weight + (1 - decay));
            averages[i] = weight > 0 ? sum / weight : double.NaN;
        }
        return averages;
    }
}
