using System.Diagnostics;
using Tmrvc.Audio;
using Tmrvc.Features;

namespace Tmrvc.Benchmarks.Preprocessing;

/// <param name="Share">Seconds that a second of audio takes.</param>
/// <param name="IsOfWhole">Whether the pipeline with everything switched on does it; what stands in for another step is not.</param>
internal sealed record Step(string Name, double Share, bool IsOfWhole);

/// <summary>Each step by itself, on one core and one long recording of 48 kHz, and the same by what people would use.</summary>
internal sealed class Steps(string recording, string folder, string phoneModel)
{
    private readonly AudioBuffer _source = AudioFile.Read(recording);

    /// <returns>All but decoding and resampling on the audio at 24 kHz.</returns>
    internal IReadOnlyList<Step> Ours()
    {
        var audio = Loudness.Normalize(Resampler.Resample(_source, OurPipeline.Signal.SampleRate), -23);
        var (logMel, pitch, energy) = (new LogMel(OurPipeline.Signal), new Pitch(OurPipeline.Signal), new EnergyVad());
        var (mel, f0) = (logMel.Compute(audio.Samples), pitch.Compute(audio.Samples));
        using var silero = new SileroVad(SileroModel.DeliveredPath);
        var phones = new PhonePosteriors(PhoneModel.Load(phoneModel), new(), 240, 960);
        var (flac, features) = (Path.Combine(folder, "step.flac"), Path.Combine(folder, "step.safetensors"));
        return
        [
            Time("decode", () => AudioFile.Decode(recording)),
            Time("resample", () => Resampler.Resample(_source, OurPipeline.Signal.SampleRate)),
            Time("loudness", () => Loudness.Normalize(audio, -23)),
            Time("energy trim", () => energy.SpeechRanges(audio), isOfWhole: false),
            Time("Silero VAD", () => silero.SpeechRanges(audio)),
            Time("segments written", () => AudioFile.WriteFlac16(flac, audio)),
            Time("segments read", () => AudioFile.Read(flac)),
            Time("mel", () => logMel.Compute(audio.Samples)),
            Time("F0", () => pitch.Compute(audio.Samples)),
            Time("content: cepstra", () => new Cepstra(OurPipeline.Signal.NMels).Compute(mel)),
            Time("content: phones", () => phones.Compute(audio), isOfWhole: false),
            Time("features written", () => new UtteranceFeatures(mel, mel, f0).Write(features)),
        ];
    }

    /// <summary>Whole processes of other tools, on the same recording, or functions of Python's packages.</summary>
    internal async Task<IReadOnlyDictionary<string, (string Tool, double Share)>> TheirsAsync(
        PythonPipeline python, string folder, CancellationToken cancellation)
    {
        var resampled = Path.Combine(folder, "resampled.wav");
        AudioFile.WriteWav16(resampled, Resampler.Resample(_source, OurPipeline.Signal.SampleRate));
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
            ["resample"] = ("sox rate -h", await Tool("sox", recording, "-r", "24000", "-n", "rate", "-h")),
            ["loudness"] = ("ffmpeg ebur128", await Tool("ffmpeg", "-v", "error", "-i", resampled, "-af", "ebur128=framelog=verbose", "-f", "null", "-")),
            ["energy trim"] = ("NumPy", await Python("trim")),
            ["mel"] = ("PyTorch", await Python("mel")),
        };
    }

    /// <summary>The best of three.</summary>
    private Step Time(string name, Action work, bool isOfWhole = true)
    {
        var best = double.PositiveInfinity;
        for (var round = 0; round < 3; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return new(name, best / _source.Seconds, isOfWhole);
    }
}
