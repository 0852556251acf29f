using Tmrvc.Audio;

namespace Tmrvc.Training;

/// <summary>
/// Impulse-response parameters as networks see them: every range becomes one of length 1, or 2 about zero, and the direct sound alone
/// becomes zeros, so that a teacher that knew dry speech only goes on as it was.
/// </summary>
public static class RoomScale
{
    /// <param name="values">[24] as in <see cref="ImpulseResponseParameters.Values"/>.</param>
    /// <param name="mask">[8] as in <see cref="ImpulseResponseParameters.Mask"/>.</param>
    /// <returns>[24], 0 in bands that nothing is known of.</returns>
    public static float[] Scaled(ReadOnlySpan<float> values, ReadOnlySpan<float> mask)
    {
        var scaled = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            scaled[i] = mask[i % mask.Length] == 0 ? 0 : (float)Scaled(i / mask.Length, values[i]);
        return scaled;
    }

    /// <summary>[8] → [24]: 1 for every parameter of a known band.</summary>
    public static float[] Known(ReadOnlySpan<float> mask) => [.. mask, .. mask, .. mask];

    /// <returns>Seconds.</returns>
    public static double Rt60(double scaled) => scaled * Length(ImpulseResponseParameters.Rt60Range) + ImpulseResponseParameters.Rt60Range.Least;

    private static double Scaled(int kind, double value) => kind switch
    {
        0 => (value - ImpulseResponseParameters.Rt60Range.Least) / Length(ImpulseResponseParameters.Rt60Range),
        1 => (ImpulseResponseParameters.DrrRange.Most - value) / Length(ImpulseResponseParameters.DrrRange),
        _ => value / ImpulseResponseParameters.TiltRange.Most,
    };

    private static double Length((double Least, double Most) range) => range.Most - range.Least;
}
