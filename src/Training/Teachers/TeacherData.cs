using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>What a phase of the teacher learns from and is validated by.</summary>
/// <param name="Batches">The micro-batch of an index.</param>
/// <param name="Longest">So many items, the longest first: what a step needs most memory for.</param>
internal sealed record TeacherData(Func<long, TeacherBatch> Batches, IReadOnlyList<TeacherBatch> Validation, Func<int, TeacherBatch> Longest)
{
    /// <summary>Recordings.</summary>
    public static TeacherData Of(
        FeatureShards shards, TeacherPhaseSettings settings, TeacherBatches batches, TeacherBatches heldOut, IReadOnlyList<BatchPlan> validation)
    {
        var sampler = TrainingInputs.Sampler(shards, settings);
        return new(
            index => batches.Make(sampler.Plan(index)),
            [.. validation.Select(heldOut.Make)],
            size => batches.Make(TrainingInputs.Longest(shards, settings, size)));
    }

    /// <summary>Noise, and what a teacher made of it.</summary>
    public static TeacherData Of(ReflowPairs pairs, TeacherPhaseSettings settings, PairBatches batches)
    {
        var places = new RenditionPlaces(pairs, settings);
        return new(
            index => batches.Make(places.Draw(index)), [.. places.Validation().Select(batches.Make)], size => batches.Make(places.Longest(size)));
    }
}
