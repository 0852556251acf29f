using Tmrvc.Audio;
using Tmrvc.Support;

namespace Tmrvc.Export.Tests;

/// <summary>Five seconds of recorded English as the pipeline hears them.</summary>
internal static class RealSpeech
{
    public static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private const int Seconds = 5;

    private static readonly Lazy<(float[] LogMel, float[] LogF0)> Heard = new(Hear);

    /// <summary>[80, 500]</summary>
    public static float[] LogMel => Heard.Value.LogMel;

    /// <summary>[500]</summary>
    public static float[] LogF0 => Heard.Value.LogF0;

    /// <summary>The first bands and frames of it. [bands, frames]</summary>
    public static float[] Part(int bands, int frames)
    {
        var part = new float[bands * frames];
        for (var band = 0; band < bands; band++)
            LogMel.AsSpan(band * LogF0.Length + 100, frames).CopyTo(part.AsSpan(band * frames));
        return part;
    }

    private static (float[] LogMel, float[] LogF0) Hear()
    {
        var samples = Resampler.Resample(AudioFile.Read(MiniCorpus.LongEnglish), Signal.SampleRate).Samples[..(Seconds * Signal.SampleRate)];
        var hertz = new Pitch(Signal).Compute(samples);
        return (new LogMel(Signal).Compute(samples), [.. hertz.Select(value => MathF.Log(value + 1))]);
    }
}
