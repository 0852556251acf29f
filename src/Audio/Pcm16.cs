using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>Samples of 16 bits.</summary>
internal static class Pcm16
{
    private const float FullScale = 32768;

    /// <summary>The nearest of 65536 steps; what was read from 16 bits is written back unchanged.</summary>
    internal static short[] Quantize(ReadOnlySpan<float> samples)
    {
        var steps = new short[samples.Length];
        Quantize(samples, steps);
        return steps;
    }

    /// <inheritdoc cref="Quantize(ReadOnlySpan{float})"/>
    /// <param name="steps">As many as there are samples.</param>
    internal static void Quantize(ReadOnlySpan<float> samples, Span<short> steps)
    {
        var vectors = MemoryMarshal.Cast<short, Vector256<short>>(steps);
        for (var i = 0; i < vectors.Length; i++)
        {
            var here = samples.Slice(i * Vector256<short>.Count, Vector256<short>.Count);
            vectors[i] = Vector256.NarrowWithSaturation(Rounded(here), Rounded(here[Vector256<float>.Count..]));
        }
        for (var i = vectors.Length * Vector256<short>.Count; i < steps.Length; i++)
            steps[i] = (short)Math.Clamp(MathF.Round(samples[i] * FullScale), short.MinValue, short.MaxValue);
    }

    private static Vector256<int> Rounded(ReadOnlySpan<float> samples) =>
        Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(samples) * FullScale));
}
