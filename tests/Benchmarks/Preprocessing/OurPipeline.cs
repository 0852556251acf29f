using System.Diagnostics;
using Tmrvc.Audio;
using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Benchmarks.Preprocessing;

/// <summary>The steps of preprocessing as the stages take them, without the engine around them.</summary>
internal static class OurPipeline
{
    internal static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    internal static Passage Prepare(IEnumerable<string> recordings, string target, int threads)
    {
        using var process = Process.GetCurrentProcess();
        var mels = new InstancePool<LogMel>(() => new LogMel(Signal));
        var (started, before) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var audio = recordings.Order(StringComparer.Ordinal).AsParallel().WithDegreeOfParallelism(threads)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).Sum(path => mels.Use(logMel => Prepare(path, target, logMel)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return new(seconds, (process.TotalProcessorTime - before).TotalSeconds, audio);
    }

    private static double Prepare(string path, string target, LogMel logMel)
    {
        var source = AudioFile.Read(path);
        var mel = logMel.Compute(Trim(Loudness.Normalize(Resampler.Resample(source, Signal.SampleRate), -23)).Samples);
        using var stream = File.Create(Path.Combine(target, Path.GetFileName(path) + ".safetensors"));
        new SafeTensorsWriter().Add("log_mel", mel, Signal.NMels, mel.Length / Signal.NMels).WriteTo(stream);
        return source.Seconds;
    }

    internal static AudioBuffer Trim(AudioBuffer audio)
    {
        var speech = new EnergyVad(-40, new SpeechRangeSettings { PaddingSeconds = 0.1 }).SpeechRanges(audio);
        return audio.Slice(new SampleRange(speech[0].Start, speech[^1].End));
    }
}
