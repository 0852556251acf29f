using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>What a teacher is told when it is to say renditions: as in a conversion, another's voice is its mean embedding, with F0 in its range.</summary>
public sealed class RenditionBatches(FeatureShards shards, MelStatistics statistics, SpeakerEmbeddings embeddings)
{
    private readonly TeacherBatches _batches = new(shards, statistics, embeddings);
    private readonly SpeakerMeans _means = new(shards, embeddings);

    public TeacherBatch Make(IReadOnlyList<Rendition> renditions)
    {
        var batch = _batches.Make(new BatchPlan(0, [.. renditions.Select(rendition => rendition.Crop)]));
        return batch with
        {
            Features = batch.Features with { F0 = [.. renditions.SelectMany((rendition, b) => F0(batch, rendition, b))] },
            Speaker = [.. renditions.SelectMany(Speaker)],
        };
    }

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
