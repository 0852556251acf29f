using System.Diagnostics;
using Tmrvc.Audio;
using Tmrvc.Features;

namespace Tmrvc.Benchmarks.Preprocessing;

/// <summary>Each step by itself, on one core and one long recording of 48 kHz, and the same by what people would use.</summary>
internal sealed class Steps(string recording, string phoneModel)
{
    private readonly AudioBuffer _source = AudioFile.Read(recording);

    /// <returns>Seconds that a second of audio takes, by step; all but decoding and resampling on the audio at 24 kHz.</returns>
    internal IReadOnlyList<(string Step, double Share)> Ours()
    {
        var audio = Resampler.Resample(_source, 24000);
        var mel = new LogMel(OurPipeline.Signal).Compute(audio.Samples);
        using var silero = new SileroVad(SileroModel.DeliveredPath);
        var phones = new PhonePosteriors(PhoneModel.Load(phoneModel), new(), 240, 960);
        return
        [
            ("decode", Time(() => AudioFile.Read(recording))),
            ("loudness", Time(() => Loudness.Normalize(audio, -23))),
            ("energy trim", Time(() => OurPipeline.Trim(audio))),
            ("resample", Time(() => Resampler.Resample(_source, 24000))),
            ("mel", Time(() => new LogMel(OurPipeline.Signal).Compute(audio.Samples))),
            ("Silero VAD", Time(() => silero.SpeechRanges(audio))),
            ("F0", Time(() => new Pitch(OurPipeline.Signal, new PitchSettings()).Compute(audio.Samples))),
            ("content: cepstra", Time(() => new Cepstra(80).Compute(mel))),
            ("content: phones", Time(() => phones.Compute(audio))),
        ];
    }

    /// <summary>Whole processes of other tools, on the same recording. Null where it is another's function.</summary>
    internal async Task<IReadOnlyDictionary<string, (string Tool, double Share)>> TheirsAsync(
        PythonPipeline python, string folder, CancellationToken cancellation)
    {
        async Task<double> Tool(params string[] command)
        {
            var best = double.PositiveInfinity;
            for (var round = 0; round < 3; round++)
                best = Math.Min(best, (await new WholeProcess(folder, command).RunAsync(cancellation)).Milliseconds / 1000);
            return best / _source.Seconds;
        }
        async Task<double> Python(string step) => await python.StepAsync(step, recording, cancellation) / _source.Seconds;
        return new Dictionary<string, (string, double)>
        {
            ["decode"] = ("ffmpeg", await Tool("ffmpeg", "-v", "error", "-i", recording, "-f", "null", "-")),
            ["loudness"] = ("ffmpeg ebur128", await Tool("ffmpeg", "-v", "error", "-i", recording, "-af", "ebur128=framelog=verbose", "-f", "null", "-")),
            ["energy trim"] = ("numpy", await Python("trim")),
            ["resample"] = ("sox rate -v", await Tool("sox", recording, "-r", "24000", "-n", "rate", "-v")),
            ["mel"] = ("PyTorch", await Python("mel")),
        };
    }

    /// <summary>The best of three, per second of audio.</summary>
    private double Time(Action work)
    {
        var best = double.PositiveInfinity;
        for (var round = 0; round < 3; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return best / _source.Seconds;
    }
}
