using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>A bin of a single-precision spectrum.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ComplexFloat(float Real, float Imaginary)
{
    public float Power => Real * Real + Imaginary * Imaginary;

    public static ComplexFloat operator *(ComplexFloat a, ComplexFloat b) =>
        new(a.Real * b.Real - a.Imaginary * b.Imaginary, a.Real * b.Imaginary + a.Imaginary * b.Real);

    /// <param name="spectrum">[N]</param>
    /// <param name="power">[N]</param>
    public static void Powers(ReadOnlySpan<ComplexFloat> spectrum, Span<float> power)
    {
        var parts = MemoryMarshal.Cast<ComplexFloat, float>(spectrum);
        power = power[..spectrum.Length];
        var bin = 0;
        for (; bin <= power.Length - Vector256<float>.Count; bin += Vector256<float>.Count)
            Vector256.Narrow(SumsOfPairs(parts[(2 * bin)..]), SumsOfPairs(parts[(2 * bin + Vector256<float>.Count)..]))
                .AsSingle().CopyTo(power[bin..]);
        for (; bin < power.Length; bin++)
            power[bin] = spectrum[bin].Power;
    }

    /// <returns>|z|² of four numbers, each as a float in the lower half of its place.</returns>
    private static Vector256<ulong> SumsOfPairs(ReadOnlySpan<float> parts)
    {
        var values = Vector256.Create(parts);
        var squares = values * values;
        return (squares + (squares.AsUInt64() >>> 32).AsSingle()).AsUInt64();
    }
}
