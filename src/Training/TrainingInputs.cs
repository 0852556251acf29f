using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Names by which training stages ask for their inputs, and what they make of them.</summary>
internal static class TrainingInputs
{
    public const string Statistics = "statistics";
    public const string Embeddings = "embeddings";
    public const string Previous = "previous";
    private const string FeaturesOutput = "features";

    /// <summary>One input per stage whose output is a folder of feature shards.</summary>
    public static IReadOnlyList<StageInput.Output> Features(IReadOnlyList<StageId> stages) =>
        [.. stages.Select(stage => new StageInput.Output($"features_{stage}", stage, FeaturesOutput))];

    public static StageInput StatisticsOf(StageId stage) => new StageInput.Output(Statistics, stage, MelStatisticsStage.Statistics);

    public static FeatureShards OpenFeatures(StageRun run, IEnumerable<StageInput.Output> features) =>
        FeatureShards.Open([.. features.Select(f => run.Input(f.Name))]);

    /// <summary>So many training utterances, the longest first, over again where there are fewer: what a step needs most memory for.</summary>
    public static BatchPlan Longest(FeatureShards shards, TrainingSettings settings, int size)
    {
        var longest = shards.Of(Split.Train).OrderByDescending(i => shards.Utterances[i].Frames).Take(size).ToList();
        return new BatchPlan(0, [.. Enumerable.Range(0, size).Select(n => longest[n % longest.Count])
            .Select(i => new Crop(i, 0, Math.Min(settings.Frames, shards.Utterances[i].Frames)))]);
    }

    public static LengthBucketSampler Sampler(FeatureShards shards, TrainingSettings settings) => LengthBucketSampler.Over(
        shards,
        Split.Train,
        new SamplerSettings { BatchSize = settings.BatchSize, MaxFrames = settings.Frames, MinFrames = settings.MinFrames },
        settings.Seed);
}
