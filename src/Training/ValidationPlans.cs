using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>The batches that a phase is validated on, the same for every run.</summary>
public static class ValidationPlans
{
    /// <summary>Utterances of the validation split, taken evenly over it, cropped at their beginning, shortest first.</summary>
    public static IReadOnlyList<BatchPlan> Of(FeatureShards shards, TrainingSettings settings)
    {
        var usable = shards.Of(Split.Validation).Where(i => shards.Utterances[i].Frames >= settings.MinFrames).ToList();
        return [.. usable.Evenly(settings.BatchSize * settings.ValidationBatches)
            .Select(i => new Crop(i, 0, Math.Min(settings.Frames, shards.Utterances[i].Frames)))
            .OrderBy(crop => crop.Frames)
            .Chunk(settings.BatchSize)
            .Select((crops, step) => new BatchPlan(step, crops))];
    }
}
