using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Crops of speech with their speakers as classes: the speakers of the training split, in the shards' order.</summary>
public sealed class SpeakerBatches
{
    private readonly FeatureShards _shards;
    private readonly NormalisedBatches _features;
    private readonly Dictionary<int, long> _classes;

    public SpeakerBatches(FeatureShards shards, NormalisedBatches features)
    {
        (_shards, _features) = (shards, features);
        _classes = shards.Of(Split.Train).Select(shards.SpeakerOf).Distinct().Order()
            .Select((speaker, index) => (speaker, index)).ToDictionary(c => c.speaker, c => (long)c.index);
    }

    /// <summary>Classes.</summary>
    public int Speakers => _classes.Count;

    /// <summary>Whether every speaker of a plan is a class.</summary>
    public bool Knows(BatchPlan plan) => plan.Crops.All(crop => _classes.ContainsKey(_shards.SpeakerOf(crop.Utterance)));

    public SpeakerBatch Make(BatchPlan plan)
    {
        var features = _features.Make(plan);
        return new SpeakerBatch(_features.NameOf(plan), features, [.. features.SpeakerIndex.Select(speaker => _classes[(int)speaker])])
        {
            Embeddings = _shards.SpeakerDimension > 0 ? [.. plan.Crops.SelectMany(crop => _shards.Speaker(crop.Utterance).ToArray())] : null,
        };
    }
}
