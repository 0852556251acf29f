using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Turns planned crops into teacher batches. Safe on several threads.</summary>
public sealed class TeacherBatches(FeatureShards shards, MelStatistics statistics, SpeakerEmbeddings embeddings)
{
    /// <summary>The teacher halves the frame rate four times.</summary>
    private const int FrameMultiple = 16;

    private readonly NormalisedBatches _features = new(shards, statistics, FrameMultiple);

    public TeacherBatch Make(BatchPlan plan) => new(_features.NameOf(plan), _features.Make(plan),
        [.. plan.Crops.SelectMany(crop => embeddings.Of(shards.Utterances[crop.Utterance].Id).ToArray())]);
}
