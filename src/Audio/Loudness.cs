using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Integrated loudness of mono audio, ITU-R BS.1770-4 with both gates.</summary>
public static class Loudness
{
    private const double BlockSeconds = 0.4;

    /// <summary>
    /// LUFS; negative infinity when every 400 ms block lies below −70 LUFS. Audio shorter than one block is measured as if it
    /// were repeated up to its length.
    /// </summary>
    public static double IntegratedLufs(AudioBuffer audio)
    {
        if (audio.Samples.Length == 0)
            return double.NegativeInfinity;
        using var state = Ebur128.ebur128_init(1, new CULong((nuint)audio.SampleRate), Ebur128.IntegratedLoudness);
        if (state.IsInvalid)
            throw new InvalidOperationException($"Loudness: libebur128 takes no audio at {audio.SampleRate} Hz.");
        for (var measured = 0; measured == 0 || measured < BlockSeconds * audio.SampleRate; measured += audio.Samples.Length)
            Require(Ebur128.ebur128_add_frames_float(state, audio.Samples, (nuint)audio.Samples.Length));
        Require(Ebur128.ebur128_loudness_global(state, out var loudness));
        return loudness;
    }

    /// <summary>
    /// Scales to <paramref name="targetLufs"/>, or to as much as keeps every sample within ±<paramref name="peakCeiling"/>.
    /// </summary>
    /// <exception cref="SilentAudioException">The loudness is negative infinity.</exception>
    public static AudioBuffer Normalize(AudioBuffer audio, double targetLufs, double peakCeiling = 0.999) =>
        Normalize(audio, targetLufs, out _, peakCeiling);

    /// <inheritdoc cref="Normalize(AudioBuffer, double, double)"/>
    /// <param name="isHeldByPeak">Whether the peak ceiling kept it below the target.</param>
    public static AudioBuffer Normalize(AudioBuffer audio, double targetLufs, out bool isHeldByPeak, double peakCeiling = 0.999)
    {
        var loudness = IntegratedLufs(audio);
        if (double.IsNegativeInfinity(loudness))
            throw new SilentAudioException();
        var gain = Math.Pow(10, (targetLufs - loudness) / 20);
        var largestGain = peakCeiling / Math.Abs(TensorPrimitives.MaxMagnitude<float>(audio.Samples));
        isHeldByPeak = gain > largestGain;
        var scaled = GC.AllocateUninitializedArray<float>(audio.Samples.Length);
        TensorPrimitives.Multiply(audio.Samples, (float)Math.Min(gain, largestGain), scaled);
        return audio with { Samples = scaled };
    }

    private static void Require(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"Loudness: libebur128 returned error {error}.");
    }
}
