using System.Diagnostics;
using Tmrvc.Audio;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.SafeTensors;

namespace Tmrvc.Benchmarks.Preprocessing;

/// <summary>What the stages do with a recording, by their own classes, without the engine around them.</summary>
internal static class OurPipeline
{
    internal static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private static readonly SpeechRangeSettings Speech = new PreprocessSettings().Speech;

    /// <summary>The steps that Python does: decode, resample, loudness, energy trim, mel, written out.</summary>
    internal static Passage ToMel(IEnumerable<string> recordings, string target, int threads) =>
        Run(recordings, threads, () => new MelWorker(new EnergyVad(settings: Speech), target).Prepare);

    /// <summary>All steps of the two stages: Silero VAD, cut into segments, these as FLAC, and of them mel, content and F0.</summary>
    internal static Passage ToFeatures(IEnumerable<string> recordings, string target, int threads) =>
        Run(recordings, threads, () => new FeatureWorker(new SileroVad(SileroModel.DeliveredPath, Speech), target).Prepare);

    private static SpeechPreparation Preparation(double maxSeconds, params PreprocessStep[] steps) =>
        new(new PreprocessSettings { Steps = steps, MinSeconds = 1, MaxSeconds = maxSeconds }, Signal.SampleRate, loudnessTarget: -23);

    /// <param name="work">From a recording to its seconds, made once for each thread.</param>
    private static Passage Run(IEnumerable<string> recordings, int threads, Func<Func<string, double>> work)
    {
        using var process = Process.GetCurrentProcess();
        var workers = new InstancePool<Func<string, double>>(work);
        var (started, before) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var audio = recordings.Order(StringComparer.Ordinal).AsParallel().WithDegreeOfParallelism(threads)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).Sum(path => workers.Use(worker => worker(path)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return new(seconds, (process.TotalProcessorTime - before).TotalSeconds, audio);
    }

    private sealed class MelWorker(IVoiceActivityDetector detector, string target)
    {
        private readonly SpeechPreparation _preparation =
            Preparation(maxSeconds: 300, PreprocessStep.Resample, PreprocessStep.Normalize, PreprocessStep.VadTrim);

        private readonly LogMel _logMel = new(Signal);

        internal double Prepare(string path)
        {
            var source = AudioFile.Decode(path, maxSeconds: 3600);
            var mel = _logMel.Compute(_preparation.Prepare(source, detector).Segments[0].Audio.Samples);
            using var stream = File.Create(Path.Combine(target, Path.GetFileName(path) + ".safetensors"));
            new SafeTensorsWriter().Add("log_mel", mel, Signal.NMels, mel.Length / Signal.NMels).WriteTo(stream);
            return source.Audio.Seconds;
        }
    }

    private sealed class FeatureWorker(IVoiceActivityDetector detector, string target)
    {
        private readonly SpeechPreparation _preparation = Preparation(maxSeconds: 15, Enum.GetValues<PreprocessStep>());
        private readonly FeatureExtraction _extraction = new(Signal, new FeaturesSettings(), _ => throw new UnreachableException());

        internal double Prepare(string path)
        {
            var source = AudioFile.Decode(path, maxSeconds: 3600);
            var folder = Directory.CreateDirectory(Path.Combine(target, Path.GetFileName(path))).FullName;
            foreach (var (number, segment) in _preparation.Prepare(source, detector).Segments.Index())
            {
                var file = Path.Combine(folder, SegmentFile.Write(folder, segment, number).File);
                _extraction.Extract(AudioFile.Read(file)).Write(file + ".safetensors");
            }
            return source.Audio.Seconds;
        }
    }
}
