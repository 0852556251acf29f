using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>A second-order filter on eight signals at once, transposed direct form II.</summary>
internal sealed class Biquad
{
    private readonly Vector512<double> _b0;
    private readonly Vector512<double> _b1;
    private readonly Vector512<double> _b2;
    private readonly Vector512<double> _minusA1;
    private readonly Vector512<double> _minusA2;

    private Biquad(double b0, double b1, double b2, double a1, double a2) => (_b0, _b1, _b2, _minusA1, _minusA2) = (
        Vector512.Create(b0), Vector512.Create(b1), Vector512.Create(b2), Vector512.Create(-a1), Vector512.Create(-a2));

    /// <summary>That of BS.1770-4 for any rate: bilinear transform of the prototype behind its figures for 48 kHz.</summary>
    internal static Biquad HighShelf(int sampleRate, double hertz, double gainDb, double q)
    {
        var k = Math.Tan(Math.PI * hertz / sampleRate);
        var high = Math.Pow(10, gainDb / 20);
        var band = Math.Pow(high, 0.4996667741545416);
        var scale = 1 + k / q + k * k;
        return new(
            (high + band * k / q + k * k) / scale, 2 * (k * k - high) / scale, (high - band * k / q + k * k) / scale,
            2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale);
    }

    /// <summary>Its numerator is not scaled, as in the standard.</summary>
    internal static Biquad HighPass(int sampleRate, double hertz, double q)
    {
        var k = Math.Tan(Math.PI * hertz / sampleRate);
        var scale = 1 + k / q + k * k;
        return new(1, -2, 1, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<double> Next(Vector512<double> value, ref Memory memory)
    {
        var result = Vector512.MultiplyAddEstimate(_b0, value, memory.First);
        memory.First = Vector512.MultiplyAddEstimate(_minusA1, result, Vector512.MultiplyAddEstimate(_b1, value, memory.Second));
        memory.Second = Vector512.MultiplyAddEstimate(_minusA2, result, _b2 * value);
        return result;
    }

    /// <summary>What the filter knows of the past; zeros before the beginning.</summary>
    internal struct Memory
    {
        internal Vector512<double> First;
        internal Vector512<double> Second;
    }
}
