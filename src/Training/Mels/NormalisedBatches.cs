using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Batches of features whose log-mel is clamped and normalised as the networks see it. Safe on several threads.</summary>
/// <param name="frameMultiple">T is rounded up to a multiple of this.</param>
public sealed class NormalisedBatches(FeatureShards shards, MelStatistics statistics, int frameMultiple)
{
    private readonly BatchAssembler _assembler = new(shards, frameMultiple, statistics.Clamp);

    public FeatureBatch Make(BatchPlan plan)
    {
        var features = _assembler.Assemble(plan);
        var size = features.Mels * features.Frames;
        for (var b = 0; b < features.Size; b++) statistics.Normalise(features.LogMel.AsSpan(b * size, size));
        return features;
    }

    /// <summary>Utterances with their crops, for error messages.</summary>
    public string NameOf(BatchPlan plan) => string.Join(", ",
        plan.Crops.Select(crop => $"{shards.Utterances[crop.Utterance].Id} [{crop.Start}+{crop.Frames}]"));
}
