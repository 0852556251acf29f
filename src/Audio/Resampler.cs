using System.Runtime.InteropServices;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>Band-limited resampling with libsoxr's high quality: linear phase, no shift in time.</summary>
public static class Resampler
{
    /// <summary>Enters the keys of all stages that resample: whoever changes how it is done changes this.</summary>
    internal const string Recipe = "HQ";

    /// <returns>round(N · rate / N's rate) samples; the buffer itself when it has the rate already.</returns>
    public static AudioBuffer Resample(AudioBuffer audio, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        if (audio.SampleRate == sampleRate)
            return audio;
        var length = (int)Math.Round((double)audio.Samples.Length * sampleRate / audio.SampleRate);
        var resampled = GC.AllocateUninitializedArray<float>(length);
        var quality = Soxr.soxr_quality_spec(Soxr.HighQuality, 0);
        var failure = Soxr.soxr_oneshot(
            audio.SampleRate, sampleRate, 1,
            audio.Samples, (nuint)audio.Samples.Length, out _,
            resampled, (nuint)length, out var done,
            0, quality, 0);
        if (failure != 0)
            throw new InvalidOperationException(
                $"Resampler: {audio.SampleRate} Hz to {sampleRate} Hz: {Marshal.PtrToStringUTF8(failure)}");
        resampled.AsSpan((int)done).Clear();
        return new AudioBuffer(resampled, sampleRate);
    }
}
