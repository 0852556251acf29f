namespace Tmrvc.Export;

/// <summary>
/// How far an output is from its reference. A value is off by |Δ| / max(1, |reference|). A phase is off by the angle between, which a
/// vector shorter than 1 tells less surely: its angle counts times its length.
/// </summary>
/// <param name="Largest">Not a number where an output is not.</param>
/// <param name="Mean">Over all values of all calls.</param>
public readonly record struct Deviation(double Largest, double Mean)
{
    /// <summary>The length of the vector that a phase was read from, where the reference tells it.</summary>
    public const string PhaseLength = "phase_length";

    private const string Phase = "stft_phase";

    /// <param name="output">Name of the output.</param>
    /// <param name="tested">Of each call, by name.</param>
    /// <param name="reference">Of each call, by name.</param>
    public static Deviation Of(
        string output, IReadOnlyList<IReadOnlyDictionary<string, float[]>> tested, IReadOnlyList<IReadOnlyDictionary<string, float[]>> reference)
    {
        double[] off = [.. tested.Zip(reference, (found, expected) => Each(output, found[output], expected)).SelectMany(call => call)];
        return new Deviation(off.Any(double.IsNaN) ? double.NaN : off.Max(), off.Average());
    }

    private static IEnumerable<double> Each(string output, float[] found, IReadOnlyDictionary<string, float[]> reference)
    {
        var expected = reference[output];
        if (output != Phase) return expected.Select((value, n) => Relative(found[n], value));
        var lengths = reference.GetValueOrDefault(PhaseLength);
        return expected.Select((value, n) => Angle(found[n] - value) * Math.Min(1, lengths?[n] ?? 1));
    }

    private static double Relative(double tested, double expected) => Math.Abs(tested - expected) / Math.Max(1, Math.Abs(expected));

    private static double Angle(double difference) => Math.Abs(Math.IEEERemainder(difference, 2 * Math.PI));
}
