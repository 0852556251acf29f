using Tmrvc.Audio;

namespace Tmrvc.Export;

/// <summary>
/// Parameters of rooms as callers see them (seconds, dB, dB per octave) and as networks do (ranges of length 1, zeros for no room), each a
/// linear function of the other: caller = Scale · network + Offset.
/// </summary>
internal sealed record RoomValues(float[] Scale, float[] Offset)
{
    /// <param name="parameters">24: of each kind as many as there are bands.</param>
    public static RoomValues Of(int parameters)
    {
        var (rt60, drr, tilt) = (ImpulseResponseParameters.Rt60Range, ImpulseResponseParameters.DrrRange, ImpulseResponseParameters.TiltRange);
        (double Scale, double Offset)[] kinds = [(rt60.Most - rt60.Least, rt60.Least), (drr.Least - drr.Most, drr.Most), (tilt.Most, 0)];
        var bands = parameters / kinds.Length;
        return new RoomValues(
            [.. kinds.SelectMany(kind => Enumerable.Repeat((float)kind.Scale, bands))],
            [.. kinds.SelectMany(kind => Enumerable.Repeat((float)kind.Offset, bands))]);
    }

    /// <summary>[24] → [24]</summary>
    public float[] ForCaller(ReadOnlySpan<float> network) => Each(network, (value, n) => Scale[n] * value + Offset[n]);

    /// <summary>[24] → [24]</summary>
    public float[] ForNetwork(ReadOnlySpan<float> caller) => Each(caller, (value, n) => (value - Offset[n]) / Scale[n]);

    private static float[] Each(ReadOnlySpan<float> values, Func<float, int, float> change)
    {
        var changed = new float[values.Length];
        for (var n = 0; n < values.Length; n++) changed[n] = change(values[n], n);
        return changed;
    }
}
