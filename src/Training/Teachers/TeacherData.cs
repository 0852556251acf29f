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
        var voices = pairs.Entries.Select(entry => entry.Voice).Distinct().Order(StringComparer.Ordinal).Index().ToDictionary(voice => voice.Item, voice => voice.Index);
        int[] byLength = [.. pairs.Of(Split.Train).OrderByDescending(place => pairs.Entries[place].Frames)];
        var sampling = new SamplerSettings { BatchSize = settings.BatchSize, MinFrames = 1, MaxFrames = byLength.Select(place => pairs.Entries[place].Frames).FirstOrDefault(1) };
        var sampler = new LengthBucketSampler(
            byLength.Select(place => new SamplerItem(place, voices[pairs.Entries[place].Voice], pairs.Entries[place].Frames)), sampling, settings.Seed);
        return new(
            index => batches.Make(sampler.Plan(index)),
            [.. pairs.Of(Split.Validation).Take(settings.BatchSize * settings.ValidationBatches).Chunk(settings.BatchSize).Select(Whole)],
            size => Whole([.. Enumerable.Range(0, size).Select(n => byLength[n % byLength.Length])]));

        TeacherBatch Whole(int[] places) => batches.Make(new BatchPlan(0, [.. places.Select(place => new Crop(place, 0, pairs.Entries[place].Frames))]));
    }
}
