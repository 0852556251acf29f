using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>What a teacher is told when it is to say renditions: as in a conversion, another's voice is its mean embedding, with F0 in its range.</summary>
/// <param name="augmenter">Changes the speech of a split before it is said; null leaves it as recorded.</param>
public sealed class RenditionBatches(
    FeatureShards shards, MelStatistics statistics, SpeakerEmbeddings embeddings, Func<Split, BatchAugmenter>? augmenter = null)
{
    private readonly TeacherBatches _batches = new(shards, statistics, embeddings) { Augmenter = augmenter?.Invoke(Split.Train) };
    private readonly TeacherBatches _heldOut = new(shards, statistics, embeddings) { Augmenter = augmenter?.Invoke(Split.Validation) };
    private readonly SpeakerMeans _means = new(shards, embeddings);

    /// <param name="renditions">Where speech is changed, of one split and time.</param>
    public TeacherBatch Make(IReadOnlyList<Rendition> renditions)
    {
        var batches = SplitOf(renditions[0]) == Split.Train ? _batches : _heldOut;
        var batch = batches.Make(new BatchPlan(renditions[0].Time, [.. renditions.Select(rendition => rendition.Crop)]));
        return batch with
        {
            Features = batch.Features with { F0 = [.. renditions.SelectMany((rendition, b) => F0(batch, rendition, b))] },
            Speaker = [.. renditions.SelectMany(Speaker)],
        };
    }

    internal Split SplitOf(Rendition rendition) => shards.Utterances[rendition.Crop.Utterance].Split;

    private float[] F0(TeacherBatch batch, Rendition rendition, int b)
    {
        var f0 = batch.Features.F0.AsSpan(b * batch.Features.Frames, batch.Features.Frames);
        return IsConversion(rendition) ? PitchTransfer.Move(f0, batch.Voices[b], shards.Statistics[rendition.Voice]) : f0.ToArray();
    }

    private float[] Speaker(Rendition rendition) => IsConversion(rendition)
        ? _means.Of(rendition.Voice)
        : embeddings.Of(shards.Utterances[rendition.Crop.Utterance].Id).ToArray();

    private bool IsConversion(Rendition rendition) => rendition.Voice != shards.SpeakerOf(rendition.Crop.Utterance);
}
