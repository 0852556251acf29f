using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Turns planned crops into teacher batches. Safe on several threads.</summary>
public sealed class TeacherBatches(FeatureShards shards, MelStatistics statistics, SpeakerEmbeddings embeddings)
{
    /// <summary>The teacher halves the frame rate four times.</summary>
    internal const int FrameMultiple = 16;

    private readonly NormalisedBatches _features = new(shards, statistics, FrameMultiple);

    /// <summary>Changes the speech of every batch; null leaves it as recorded.</summary>
    public BatchAugmenter? Augmenter { get; set; }

    /// <summary>Whose embeddings condition; null for everybody's own.</summary>
    public OtherUtterances? Conditioning { get; init; }

    /// <summary>Whether what is learnt from an utterance also needs the speech of others in its batch.</summary>
    public bool NeedsNeighbours { get; init; }

    /// <summary>Reads no more of a batch than its share needs.</summary>
    public TeacherBatch Make(BatchPlan plan, BatchShare share)
    {
        var own = share.Of(plan.Crops.Count);
        return Make(NeedsNeighbours ? plan : plan with { Read = own }) with { Own = own };
    }

    public TeacherBatch Make(BatchPlan plan)
    {
        if (Augmenter is null) return Of(plan, _features.Make(plan));
        var recorded = _features.Assemble(plan);
        var augmented = Augmenter.Augment(recorded);
        foreach (var logMel in new[] { augmented.Features.LogMel, augmented.NoisyLogMel, recorded.LogMel }) _features.Normalise(recorded, logMel);
        return Of(plan, augmented.Features) with { Rooms = RoomTargets.Of(augmented, augmented.NoisyLogMel), Recorded = recorded.LogMel };
    }

    private TeacherBatch Of(BatchPlan plan, FeatureBatch features) => new(_features.NameOf(plan), features, Speakers(plan))
    {
        Voices = [.. features.SpeakerIndex.Select(speaker => shards.Statistics[(int)speaker])],
    };

    private float[] Speakers(BatchPlan plan) =>
        [.. plan.Crops.SelectMany((crop, slot) => embeddings.Of(shards.Utterances[Conditioning?.For(crop.Utterance, plan.Step, slot) ?? crop.Utterance].Id).ToArray())];
}
