using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>The teacher, by the features of the whole utterance.</summary>
internal sealed class TeacherSystem(EvaluationBench bench, TeacherEvaluationSettings settings) : IVoiceSystem
{
    public const string SystemName = "Teacher";

    public string Name => SystemName;

    public string Note => $"{settings.Steps} Euler steps over the whole utterance, {bench.Vocoder.Name}";

    public double? LatencyMilliseconds => null;

    public bool IsParallel => false;

    public SpokenVoice Speak(AskedSample asked, int? room = null)
    {
        var conditions = asked.Target is { } target ? bench.Conversion.To(asked.Utterance, target) : bench.Conversion.Same(asked.Utterance);
        if (room is { } response) conditions = conditions with { Room = bench.Trials!.Rooms.Scaled(response) };
        var mel = bench.Generator.Generate(conditions, settings.NoiseSeed(asked.Utterance));
        return new SpokenVoice(conditions.F0, bench.Vocoder.Speak(mel)) { LogMel = mel };
    }

    public IEnumerable<double[]> HearRt60(AudioBuffer speech) => [bench.Listener!.Rt60(speech)];
}
