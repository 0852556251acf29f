using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>Gathers the levels of a file's channels while it is decoded.</summary>
internal sealed class ChannelLevels(int channels)
{
    private const float FullScale = 0.999f;

    private readonly float[] _peaks = new float[channels];
    private readonly long[] _atFullScale = new long[channels];
    private long _frames;
    private double _power;
    private double _meanPower;

    /// <param name="interleaved">[frames · channels]</param>
    /// <param name="mono">[frames] the mean of the channels.</param>
    internal void Add(ReadOnlySpan<float> interleaved, ReadOnlySpan<float> mono)
    {
        _frames += mono.Length;
        _meanPower += TensorPrimitives.SumOfSquares(mono);
        _power += channels == 1 ? TensorPrimitives.SumOfSquares(mono) : TensorPrimitives.SumOfSquares(interleaved) / channels;
        var vectors = Vector256<float>.Count % channels == 0 ? MemoryMarshal.Cast<float, Vector256<float>>(interleaved) : [];
        Add(vectors);
        for (var i = vectors.Length * Vector256<float>.Count; i < interleaved.Length; i++)
            Add(i % channels, Math.Abs(interleaved[i]), Math.Abs(interleaved[i]) >= FullScale ? 1 : 0);
    }

    internal DecodedFile Describe(AudioBuffer audio) => new(
        audio,
        [.. _peaks.Zip(_atFullScale, (peak, count) => new ChannelLevel(peak, _frames > 0 ? (double)count / _frames : 0))],
        _power > 0 ? Math.Min(1, _meanPower / _power) : 1);

    /// <summary>A place of a vector always holds the same channel.</summary>
    private void Add(ReadOnlySpan<Vector256<float>> interleaved)
    {
        var (peaks, counts) = (Vector256<float>.Zero, Vector256<int>.Zero);
        foreach (var values in interleaved)
        {
            var magnitudes = Vector256.Abs(values);
            peaks = Vector256.Max(peaks, magnitudes);
            counts -= Vector256.GreaterThanOrEqual(magnitudes, Vector256.Create(FullScale)).AsInt32();
        }
        for (var place = 0; place < Vector256<float>.Count; place++)
            Add(place % channels, peaks[place], counts[place]);
    }

    private void Add(int channel, float peak, int atFullScale)
    {
        _peaks[channel] = Math.Max(_peaks[channel], peak);
        _atFullScale[channel] += atFullScale;
    }
}
