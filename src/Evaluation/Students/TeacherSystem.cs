namespace Tmrvc.Evaluation;

/// <summary>The teacher, by the features of the whole utterance.</summary>
internal sealed class TeacherSystem(EvaluationBench bench, TeacherEvaluationSettings settings) : IVoiceSystem
{
    public const string SystemName = "Teacher";

    public string Name => SystemName;

    public string Note => $"{settings.Steps} Euler steps over the whole utterance, {bench.Vocoder.Name}";

    public double? LatencyMilliseconds => null;

    public bool IsParallel => false;

    public SpokenVoice Speak(AskedSample asked)
    {
        var conditions = asked.Target is { } target ? bench.Conversion.To(asked.Utterance, target) : bench.Conversion.Same(asked.Utterance);
        var mel = bench.Generator.Generate(conditions, settings.NoiseSeed(asked.Utterance));
        return new SpokenVoice(conditions.F0, bench.Vocoder.Speak(mel)) { LogMel = mel };
    }
}
