using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Support;

namespace Tmrvc.Export.Tests;

/// <summary>Five seconds of recorded English as the pipeline hears them.</summary>
internal static class RealSpeech
{
    public static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private const int Seconds = 5;

    private static readonly Lazy<(float[] LogMel, float[] LogF0)> Heard = new(Hear);

    /// <summary>Frames of it, in as many of the lowest bands as the student hears.</summary>
    public static ParitySpeech For(StudentArchitecture student, int first = 0, int frames = 500)
    {
        var (mel, f0) = Heard.Value;
        var part = new float[student.Mels * frames];
        for (var band = 0; band < student.Mels; band++)
            mel.AsSpan(band * f0.Length + first, frames).CopyTo(part.AsSpan(band * frames));
        return new ParitySpeech(student.Contracts(), part, f0[first..(first + frames)]);
    }

    private static (float[] LogMel, float[] LogF0) Hear()
    {
        var samples = Resampler.Resample(AudioFile.Read(MiniCorpus.LongEnglish), Signal.SampleRate).Samples[..(Seconds * Signal.SampleRate)];
        var hertz = new Pitch(Signal).Compute(samples);
        return (new LogMel(Signal).Compute(samples), [.. hertz.Select(value => MathF.Log(value + 1))]);
    }
}
