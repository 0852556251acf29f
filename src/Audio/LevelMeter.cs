using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Loudness (ITU-R BS.1770-4, both gates) and peak of mono audio that comes block by block: memory does not depend on its length.</summary>
public sealed class LevelMeter : IDisposable
{
    private readonly Ebur128.State state;

    /// <exception cref="InvalidOperationException">libebur128 takes no audio at this rate.</exception>
    public LevelMeter(int sampleRate)
    {
        state = Ebur128.ebur128_init(1, new CULong((nuint)sampleRate), Ebur128.IntegratedLoudness);
        if (state.IsInvalid)
            throw new InvalidOperationException($"Loudness: libebur128 takes no audio at {sampleRate} Hz.");
    }

    /// <summary>The largest magnitude; full scale is 1.</summary>
    public float Peak { get; private set; }

    /// <summary>LUFS; negative infinity when every 400 ms block lies below −70 LUFS, or before there is one.</summary>
    public double IntegratedLufs
    {
        get
        {
            Require(Ebur128.ebur128_loudness_global(state, out var loudness));
            return loudness;
        }
    }

    public void Add(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            return;
        Peak = Math.Max(Peak, Math.Abs(TensorPrimitives.MaxMagnitude(samples)));
        Require(Ebur128.ebur128_add_frames_float(state, samples, (nuint)samples.Length));
    }

    /// <summary>
    /// What brings the loudness to <paramref name="targetLufs"/>, or as near as keeps every sample within ±<paramref name="peakCeiling"/>; null for silence.
    /// </summary>
    public float? GainTo(double targetLufs, double peakCeiling = 0.999) => IntegratedLufs is var loudness && double.IsFinite(loudness)
        ? (float)Math.Min(Math.Pow(10, (targetLufs - loudness) / 20), peakCeiling / Peak)
        : null;

    public void Dispose() => state.Dispose();

    private static void Require(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"Loudness: libebur128 returned error {error}.");
    }
}
