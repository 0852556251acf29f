using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Batches of features whose log-mel is clamped and normalised as the networks see it. Safe on several threads.</summary>
/// <param name="frameMultiple">T is rounded up to a multiple of this.</param>
public sealed class NormalisedBatches(FeatureShards shards, MelStatistics statistics, int frameMultiple)
{
    private readonly BatchAssembler _assembler = new(shards, frameMultiple, statistics.Clamp);

    public FeatureBatch Make(BatchPlan plan)
    {
        var features = Assemble(plan);
        Normalise(features, features.LogMel);
        return features;
    }

    /// <summary>As in the shards.</summary>
    public FeatureBatch Assemble(BatchPlan plan) => _assembler.Assemble(plan);

    /// <param name="logMel">[B, 80, T] of the batch's size; in place.</param>
    public void Normalise(FeatureBatch batch, float[] logMel)
    {
        var size = batch.Mels * batch.Frames;
        for (var b = 0; b < batch.Size; b++) statistics.Normalise(logMel.AsSpan(b * size, size));
    }

    /// <summary>Utterances with their crops, for error messages.</summary>
    public string NameOf(BatchPlan plan) => string.Join(", ",
        plan.Crops.Select(crop => $"{shards.Utterances[crop.Utterance].Id} [{crop.Start}+{crop.Frames}]"));
}
