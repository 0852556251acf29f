using System.Numerics.Tensors;

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
        using var meter = new LevelMeter(audio.SampleRate);
        for (var measured = 0; measured == 0 || measured < BlockSeconds * audio.SampleRate; measured += audio.Samples.Length)
            meter.Add(audio.Samples);
        return meter.IntegratedLufs;
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
}
