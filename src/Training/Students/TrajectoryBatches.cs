using System.Numerics.Tensors;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Turns planned trajectories into batches. Safe on several threads.</summary>
/// <param name="shards">That the trajectories were made from: they hold the content.</param>
public sealed class TrajectoryBatches(TeacherTrajectories trajectories, FeatureShards shards, MelStatistics statistics)
{
    private readonly NormalisedBatches _features = new(shards, statistics, frameMultiple: 1);
    private readonly RenditionCrops _crops = new(trajectories, shards);

    /// <param name="plan">Crops of trajectories by their places; each is taken whole.</param>
    /// <exception cref="InvalidDataException">A trajectory is of an utterance that the features lack.</exception>
    public TrajectoryBatch Make(BatchPlan plan)
    {
        int[] places = [.. plan.Crops.Select(crop => crop.Utterance)];
        var said = new BatchPlan(plan.Step, [.. places.Select(_crops.Of)]);
        var features = _features.Make(said);
        var positions = new float[features.LogMel.Length * trajectories.Kept];
        for (var b = 0; b < places.Length; b++)
        {
            features.PutRows(trajectories.F0(places[b]), b, features.F0);
            features.PutRows(Singles(trajectories.HeardOf(places[b])), b, features.LogMel);
            features.PutRows(Singles(trajectories.Positions(places[b])), b, positions);
        }
        var batch = new TeacherBatch(_features.NameOf(said), features, [.. places.SelectMany(place => trajectories.Speaker(place).ToArray())]);
        return new(batch, positions, [.. places.SelectMany(place => trajectories.RoomOf(place).ToArray())]);
    }

    private static float[] Singles(ReadOnlySpan<Half> values)
    {
        var singles = new float[values.Length];
        TensorPrimitives.ConvertToSingle(values, singles);
        return singles;
    }
}
