using Tmrvc.BuildGraph;
using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>Keeps the noise that a teacher began with and the speech that it made: what a straighter flow is learnt from.</summary>
public sealed class ReflowPairsStage(StageId id, ReflowPairsSettings settings, Constants constants, RenditionInputs inputs)
    : RenditionStage(id, Pairs, settings, inputs)
{
    /// <summary>What <see cref="ReflowPairs.Open"/> reads.</summary>
    public const string Pairs = "pairs";

    private readonly StageId _teacher = inputs.Teacher;

    public override string Description => $"Noise, and what the teacher of {_teacher} makes of it in {settings.Steps} steps";

    public override int Version => 3;

    public override object Settings => new ReflowPairsStageSettings(settings, constants.NIrParams);

    private protected override long BytesPerFrame(int mels) => sizeof(float) * (2L * mels + 1);

    private protected override RenditionKeeping Keeping(RenditionSampling sampling) => (shard, places, batch) =>
    {
        var features = batch.Features;
        var noise = sampling.Noise(places, features);
        var clean = sampling.Speak(batch, noise).cpu().contiguous().data<float>().ToArray();
        for (var b = 0; b < places.Length; b++)
            shard
                .Add(PairTensors.Noise(places[b]), features.TakeRows(noise, b), features.Mels, features.Lengths[b])
                .Add(PairTensors.Clean(places[b]), features.TakeRows(clean, b), features.Mels, features.Lengths[b]);
    };
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record ReflowPairsStageSettings(ReflowPairsSettings Pairs, int IrParameters);
