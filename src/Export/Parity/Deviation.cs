namespace Tmrvc.Export;

/// <summary>
/// How far an output is from its reference. A value is off by |Δ| / max(1, |reference|). A phase is off by the angle between, which a
/// vector shorter than 1 tells less surely: its angle counts times its length.
/// </summary>
internal static class Deviation
{
    /// <summary>The length of the vector that a phase was read from, where the reference tells it.</summary>
    public const string PhaseLength = "phase_length";

    private const string Phase = "stft_phase";

    public static double Largest(string output, float[] tested, IReadOnlyDictionary<string, float[]> reference)
    {
        var expected = reference[output];
        var lengths = output == Phase ? reference.GetValueOrDefault(PhaseLength) : null;
        var largest = 0.0;
        for (var n = 0; n < expected.Length; n++)
        {
            var off = output == Phase ? Angle(tested[n] - expected[n]) * Math.Min(1, lengths?[n] ?? 1) : Relative(tested[n], expected[n]);
            if (!(off <= largest)) largest = off; // not a number counts as the largest
        }
        return largest;
    }

    private static double Relative(double tested, double expected) => Math.Abs(tested - expected) / Math.Max(1, Math.Abs(expected));

    private static double Angle(double difference) => Math.Abs(Math.IEEERemainder(difference, 2 * Math.PI));
}
