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
    public SpokenVoice Speak(AskedSample asked, int? room = null)
    {
        var source = bench.Shards.SpeakerOf(asked.Utterance);
        var target = voices.Of(asked.Target ?? source);
        using var converter = new StreamingConverter(models, options, constants, target.Profile, voices.Of(source).Range);
        var recording = bench.Recording(asked.Utterance, room);
        var (samples, broken) = StreamedConversion.Of(converter, recording.Samples);
        return new SpokenVoice(voices.F0(asked.Utterance, target), new AudioBuffer(samples, recording.SampleRate)) { NotFinite = broken };
    }

    public IEnumerable<double[]> HearRt60(AudioBuffer speech)
    {
        using var stream = new RoomStream(models, options, constants);
        return stream.Hear(speech.Samples).Select(room => room.Take(constants.IrSubbandEdgesHz.Count - 1).Select(seconds => (double)seconds).ToArray());
    }
}
