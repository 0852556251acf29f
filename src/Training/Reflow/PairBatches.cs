using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Turns planned pairs into teacher batches: what was said, from which noise, and what it was said by. Safe on several threads.</summary>
/// <param name="shards">That the pairs were made from: they hold the content.</param>
public sealed class PairBatches(ReflowPairs pairs, FeatureShards shards, MelStatistics statistics)
{
    private readonly NormalisedBatches _features = new(shards, statistics, TeacherBatches.FrameMultiple);
    private readonly RenditionCrops _crops = new(pairs, shards);

    /// <param name="plan">Crops of pairs by their places; each pair is taken whole.</param>
    /// <exception cref="InvalidDataException">A pair is of an utterance that the features lack.</exception>
    public TeacherBatch Make(BatchPlan plan)
    {
        int[] places = [.. plan.Crops.Select(crop => crop.Utterance)];
        var said = new BatchPlan(plan.Step, [.. places.Select(_crops.Of)]);
        var features = _features.Make(said);
        var noise = new float[features.LogMel.Length];
        for (var b = 0; b < places.Length; b++)
        {
            features.PutRows(pairs.Clean(places[b]), b, features.LogMel);
            features.PutRows(pairs.F0(places[b]), b, features.F0);
            features.PutRows(pairs.Noise(places[b]), b, noise);
        }
        return new(_features.NameOf(said), features, [.. places.SelectMany(place => pairs.Speaker(place).ToArray())]) { Noise = noise };
    }
}
