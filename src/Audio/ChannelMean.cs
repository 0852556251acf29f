using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>Several channels to one, their mean.</summary>
internal static class ChannelMean
{
    /// <param name="interleaved">[frames · channels]</param>
    /// <param name="mono">[frames]</param>
    internal static void Compute(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        if (channels == 1)
            interleaved.CopyTo(mono);
        else if (channels == 2)
            OfTwo(interleaved, mono);
        else
            for (var frame = 0; frame < mono.Length; frame++)
                mono[frame] = Of(interleaved.Slice(frame * channels, channels));
    }

    private static void OfTwo(ReadOnlySpan<float> interleaved, Span<float> mono)
    {
        var pairs = MemoryMarshal.Cast<float, Vector256<float>>(interleaved);
        var means = MemoryMarshal.Cast<float, Vector256<float>>(mono);
        for (var i = 0; i < means.Length; i++)
            means[i] = Vector256.Narrow(SumsOfPairs(pairs[2 * i]), SumsOfPairs(pairs[2 * i + 1])).AsSingle() * 0.5f;
        for (var frame = means.Length * Vector256<float>.Count; frame < mono.Length; frame++)
            mono[frame] = (interleaved[2 * frame] + interleaved[2 * frame + 1]) * 0.5f;
    }

    /// <returns>Each sum as a float in the lower half of its place.</returns>
    private static Vector256<ulong> SumsOfPairs(Vector256<float> values) =>
        (values + (values.AsUInt64() >>> 32).AsSingle()).AsUInt64();

    private static float Of(ReadOnlySpan<float> channels)
    {
        var sum = 0f;
        foreach (var sample in channels)
            sum += sample;
        return sum / channels.Length;
    }
}
