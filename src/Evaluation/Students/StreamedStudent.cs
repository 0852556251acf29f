using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Streaming;

namespace Tmrvc.Evaluation;

/// <summary>The exported student, hop by hop as a caller of the product has it; the latency is taken off.</summary>
internal sealed class StreamedStudent(string name, EvaluationBench bench, ModelFolder models, ConversionOptions options, Constants constants, EnrolledVoices voices)
    : IVoiceSystem
{
    public const string Fp32 = "FP32", Int8 = "INT8";

    public string Name => name;

    public string Note => "exported files, hop by hop";

    public double? LatencyMilliseconds => 1000.0 * (constants.WindowLength + (options.LooksAhead ? constants.MaxLookaheadHops * constants.HopLength : 0)) / constants.SampleRate;

    public bool IsParallel => true;

    /// <exception cref="ConversionException">A network is missing, or is another one.</exception>
    public SpokenVoice Speak(AskedSample asked)
    {
        var source = bench.Shards.SpeakerOf(asked.Utterance);
        var target = voices.Of(asked.Target ?? source);
        using var converter = new StreamingConverter(models, options, constants, target.Profile, voices.Of(source).Range);
        var recording = bench.Recording(asked.Utterance);
        var (samples, broken) = Converted(converter, recording.Samples);
        return new SpokenVoice(voices.F0(asked.Utterance, target), new AudioBuffer(samples, recording.SampleRate)) { NotFinite = broken };
    }

    private static (float[] Samples, int NotFinite) Converted(StreamingConverter converter, float[] recording)
    {
        var hops = (recording.Length + converter.DelaySamples + converter.HopLength - 1) / converter.HopLength;
        var (heard, said) = (new float[hops * converter.HopLength], new float[hops * converter.HopLength]);
        recording.CopyTo(heard, 0);
        var broken = 0;
        for (var start = 0; start < heard.Length; start += converter.HopLength)
            broken += Push(converter, heard.AsSpan(start, converter.HopLength), said.AsSpan(start, converter.HopLength));
        return (said[converter.DelaySamples..(converter.DelaySamples + recording.Length)], broken);
    }

    private static int Push(StreamingConverter converter, ReadOnlySpan<float> hop, Span<float> converted)
    {
        try
        {
            converter.Push(hop, converted);
            return 0;
        }
        catch (ConversionException)
        {
            converted.Clear();
            return converted.Length;
        }
    }
}
