using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>What a phase of the teacher learns from and is validated by.</summary>
/// <param name="Batches">The micro-batch of an index.</param>
/// <param name="Longest">So many items, the longest first: what a step needs most memory for.</param>
/// <param name="Shares">What a process takes of that.</param>
internal sealed record TeacherData(
    Func<long, TeacherBatch> Batches, Func<long, BatchShare, TeacherBatch> Shares, IReadOnlyList<TeacherBatch> Validation, Func<int, TeacherBatch> Longest)
{
    /// <summary>Recordings.</summary>
    public static TeacherData Of(
        FeatureShards shards, TeacherPhaseSettings settings, TeacherBatches batches, TeacherBatches heldOut, IReadOnlyList<BatchPlan> validation)
    {
        var sampler = TrainingInputs.Sampler(shards, settings);
        return new(
            index => batches.Make(sampler.Plan(index)),
            (index, share) => batches.Make(sampler.Plan(index), share),
            [.. validation.Select(heldOut.Make)],
            size => batches.Make(TrainingInputs.Longest(shards, settings, size)));
    }

    /// <summary>Noise, and what a teacher made of it.</summary>
    public static TeacherData Of(ReflowPairs pairs, TeacherPhaseSettings settings, PairBatches batches)
    {
        var places = new RenditionPlaces(pairs, settings);
        return new(
            index => batches.Make(places.Draw(index)),
            (index, share) => batches.Make(places.Draw(index)) with { Own = share.Of(settings.BatchSize) },
            [.. places.Validation().Select(batches.Make)], size => batches.Make(places.Longest(size)));
    }
}
