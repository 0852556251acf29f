using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>
/// Whose embedding an utterance of a batch is conditioned by: with a probability that of another training utterance of its speaker, as a
/// conversion is. A pure function of (seed, step, place in the batch).
/// </summary>
public sealed class OtherUtterances
{
    private readonly double _probability;
    private readonly long _seed;
    private readonly FeatureShards _shards;
    private readonly Dictionary<int, int[]> _bySpeaker;

    /// <param name="probability">From 0 to 1.</param>
    public OtherUtterances(FeatureShards shards, double probability, long seed)
    {
        (_shards, _probability, _seed) = (shards, probability, seed);
        _bySpeaker = shards.Of(Split.Train).GroupBy(shards.SpeakerOf).ToDictionary(group => group.Key, group => group.Order().ToArray());
    }

    /// <param name="slot">Place in the batch.</param>
    /// <returns>An utterance: itself, or where another one is drawn, that.</returns>
    public int For(int utterance, long step, int slot)
    {
        var drawn = StepRandom.Mix(_seed, step, -1 - 2 * slot) / (double)(1UL << 32) < _probability;
        if (!drawn || !_bySpeaker.TryGetValue(_shards.SpeakerOf(utterance), out var own)) return utterance;
        var others = own.Length - (own.Contains(utterance) ? 1 : 0);
        if (others == 0) return utterance;
        var other = own[StepRandom.Mix(_seed, step, -2 - 2 * slot) % (ulong)others];
        return other == utterance ? own[^1] : other;
    }
}
