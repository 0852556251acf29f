using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Turns planned crops into teacher batches. Safe on several threads.</summary>
public sealed class TeacherBatches(FeatureShards shards, MelStatistics statistics, SpeakerEmbeddings embeddings)
{
    /// <summary>The teacher halves the frame rate four times.</summary>
    private const int FrameMultiple = 16;

    private readonly NormalisedBatches _features = new(shards, statistics, FrameMultiple);

    /// <summary>Changes the speech of every batch; null leaves it as recorded.</summary>
    public BatchAugmenter? Augmenter { get; set; }

    public TeacherBatch Make(BatchPlan plan)
    {
        if (Augmenter is null) return new(_features.NameOf(plan), _features.Make(plan), Speakers(plan));
        var augmented = Augmenter.Augment(_features.Assemble(plan));
        _features.Normalise(augmented.Features, augmented.Features.LogMel);
        _features.Normalise(augmented.Features, augmented.NoisyLogMel);
        return new(_features.NameOf(plan), augmented.Features, Speakers(plan)) { Rooms = RoomTargets.Of(augmented, augmented.NoisyLogMel) };
    }

    private float[] Speakers(BatchPlan plan) =>
        [.. plan.Crops.SelectMany(crop => embeddings.Of(shards.Utterances[crop.Utterance].Id).ToArray())];
}
