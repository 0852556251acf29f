using Tmrvc.Audio;

namespace Tmrvc.Contract;

/// <summary>
/// Parameters of rooms as callers see them (seconds, dB, dB per octave) and as networks do: every range becomes one of length 1, or 2 about
/// zero, and the direct sound alone becomes zeros, so that a teacher that knew dry speech only goes on as it was. Each is a linear
/// function of the other: caller = Scale · network + Offset.
/// </summary>
public sealed record RoomScale(float[] Scale, float[] Offset)
{
    private static readonly (double Scale, double Offset)[] Kinds =
    [
        (Length(ImpulseResponseParameters.Rt60Range), ImpulseResponseParameters.Rt60Range.Least),
        (-Length(ImpulseResponseParameters.DrrRange), ImpulseResponseParameters.DrrRange.Most),
        (ImpulseResponseParameters.TiltRange.Most, 0),
    ];

    /// <param name="parameters">24: of each kind as many as there are bands.</param>
    public static RoomScale Of(int parameters) => new(
        [.. Kinds.SelectMany(kind => Enumerable.Repeat((float)kind.Scale, parameters / Kinds.Length))],
        [.. Kinds.SelectMany(kind => Enumerable.Repeat((float)kind.Offset, parameters / Kinds.Length))]);

    /// <summary>[24] → [24]</summary>
    public float[] ForCaller(ReadOnlySpan<float> network) => Each(network, (value, n) => Scale[n] * value + Offset[n]);

    /// <summary>[24] → [24]</summary>
    public float[] ForNetwork(ReadOnlySpan<float> caller) => Each(caller, (value, n) => (value - Offset[n]) / Scale[n]);

    /// <param name="values">[24] as in <see cref="ImpulseResponseParameters.Values"/>.</param>
    /// <param name="mask">[8] as in <see cref="ImpulseResponseParameters.Mask"/>.</param>
    /// <returns>[24] as networks see them, 0 in bands that nothing is known of.</returns>
    public static float[] Scaled(ReadOnlySpan<float> values, ReadOnlySpan<float> mask)
    {
        var scaled = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            if (mask[i % mask.Length] != 0 && Kinds[i / mask.Length] is var kind) scaled[i] = (float)((kind.Offset - values[i]) / -kind.Scale);
        return scaled;
    }

    /// <summary>[8] → [24]: 1 for every parameter of a known band.</summary>
    public static float[] Known(ReadOnlySpan<float> mask) => [.. mask, .. mask, .. mask];

    /// <returns>Seconds.</returns>
    public static double Rt60(double scaled) => scaled * Kinds[0].Scale + Kinds[0].Offset;

    private static float[] Each(ReadOnlySpan<float> values, Func<float, int, float> change)
    {
        var changed = new float[values.Length];
        for (var n = 0; n < values.Length; n++) changed[n] = change(values[n], n);
        return changed;
    }

    private static double Length((double Least, double Most) range) => range.Most - range.Least;
}
