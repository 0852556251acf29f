namespace Tmrvc.Export;

using Frame = IReadOnlyDictionary<string, float[]>;

/// <summary>
/// How far an output is from its reference. A value is off by |Δ| / max(1, |reference|), a phase by that of the complex number that it makes
/// with its magnitude. A phase that is read from a vector shorter than the median counts by the share that its length has of that: the
/// nearer to zero a vector is, the less it tells.
/// </summary>
/// <param name="Largest">Not a number where an output is not.</param>
/// <param name="Mean">Over all values of all calls.</param>
public readonly record struct Deviation(double Largest, double Mean)
{
    /// <summary>The length of the vector that a phase was read from, where the reference tells it.</summary>
    public const string PhaseLength = "phase_length";

    /// <param name="output">Name of the output.</param>
    /// <param name="tested">Of each call, by name.</param>
    /// <param name="reference">Of each call, by name.</param>
    public static Deviation Of(string output, IReadOnlyList<Frame> tested, IReadOnlyList<Frame> reference)
    {
        double[] off = [.. output == SpectrumBins.Phase ? Phases(tested, reference) : tested.Zip(reference).SelectMany(call => Values(output, call.First, call.Second))];
        return new Deviation(off.Any(double.IsNaN) ? double.NaN : off.Max(), off.Average());
    }

    private static IEnumerable<double> Values(string output, Frame tested, Frame reference) =>
        reference[output].Select((value, n) => Math.Abs((double)tested[output][n] - value) / Math.Max(1, Math.Abs(value)));

    private static IEnumerable<double> Phases(IReadOnlyList<Frame> tested, IReadOnlyList<Frame> reference)
    {
        var median = Median([.. reference.SelectMany(call => call.GetValueOrDefault(PhaseLength) ?? [])]);
        return tested.Zip(reference).SelectMany(call => SpectrumBins.Of(call.Second).Zip(SpectrumBins.Of(call.First), (expected, found) =>
            (found - expected).Magnitude / Math.Max(1, expected.Magnitude)).Select((off, bin) => off * Told(call.Second, bin, median)));
    }

    private static double Told(Frame reference, int bin, double median) =>
        reference.TryGetValue(PhaseLength, out var lengths) && lengths[bin] < median ? lengths[bin] / median : 1;

    private static double Median(float[] lengths)
    {
        Array.Sort(lengths);
        return lengths.Length == 0 ? 0 : lengths[lengths.Length / 2];
    }
}
