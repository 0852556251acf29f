using System.Diagnostics;
using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Export;
using Tmrvc.Streaming;
using Tmrvc.Support;

namespace Tmrvc.Benchmarks.Streaming;

/// <summary>Thirty seconds of speech, hop by hop, after a second that is not counted.</summary>
internal sealed class HopMeasurement(ModelFolder models, Constants constants)
{
    private const int Seconds = 30;

    private readonly float[] _speech = Resampler.Resample(AudioFile.Read(MiniCorpus.LongEnglish), constants.SampleRate).Samples;

    private int Hops => _speech.Length / constants.HopLength;

    public HopFigures Of(ConversionOptions options)
    {
        var voice = new SpeakerProfile(new float[constants.DSpeaker], new float[constants.LoraDelta], new SpeakerProfileMetadata { ProfileName = "nobody" });
        using var converter = new StreamingConverter(models, options, constants, voice, from: null);
        var converted = new float[constants.HopLength];
        var perSecond = constants.SampleRate / constants.HopLength;
        Push(converter, converted, new HopTimes(), perSecond);
        var (times, allocated, processor) = (new HopTimes(), GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        Push(converter, converted, times, Seconds * perSecond);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new HopFigures(times, Environment.CpuUsage.TotalTime - processor, allocated);
    }

    private void Push(StreamingConverter converter, float[] converted, HopTimes times, int hops)
    {
        for (var hop = 0; hop < hops; hop++)
        {
            var start = Stopwatch.GetTimestamp();
            converter.Push(_speech.AsSpan(hop % Hops * constants.HopLength, constants.HopLength), converted);
            times.Add(Stopwatch.GetElapsedTime(start));
        }
    }
}

/// <param name="ProcessorTime">Of all hops.</param>
/// <param name="Allocated">Bytes, by all hops.</param>
internal sealed record HopFigures(HopTimes Times, TimeSpan ProcessorTime, long Allocated)
{
    /// <summary>Milliseconds, as are those below.</summary>
    public double Mean => Times.Total.TotalMilliseconds / Times.Count;

    public double Median => Times.Quantile(0.5).TotalMilliseconds;

    /// <summary>The time that one hop in a hundred exceeds.</summary>
    public double Slow => Times.Quantile(0.99).TotalMilliseconds;

    public double Processor => ProcessorTime.TotalMilliseconds / Times.Count;
}
