using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>
/// Utterances by speaker, looked through once. A voice is known by the recordings of the training; one that no training heard, by every
/// other recording of the test. What generated speech is compared with, the rest, made neither a network nor an embedding.
/// </summary>
public sealed class SpeakerIndex
{
    private readonly ILookup<(int Speaker, Split Split), int> _utterances;

    public SpeakerIndex(FeatureShards shards)
    {
        Shards = shards;
        _utterances = Enumerable.Range(0, shards.Utterances.Count).ToLookup(utterance => (shards.SpeakerOf(utterance), shards.Utterances[utterance].Split));
    }

    public FeatureShards Shards { get; }

    /// <summary>Whether all of the speaker's recordings are kept for the test.</summary>
    public bool IsUnheard(int speaker) => Of(speaker, Split.Train).Count + Of(speaker, Split.Validation).Count == 0;

    /// <summary>Positions in <see cref="FeatureShards.Utterances"/>, ascending.</summary>
    public IReadOnlyList<int> Of(int speaker, Split split) => [.. _utterances[(speaker, split)]];

    /// <summary>What the voice is told by.</summary>
    public IReadOnlyList<int> Known(int speaker) =>
        IsUnheard(speaker) ? [.. Of(speaker, Split.Test).Where((_, i) => i % 2 == 0)] : Of(speaker, Split.Train);

    /// <summary>What speech in the voice is compared with.</summary>
    public IReadOnlyList<int> HeldOut(int speaker) => IsUnheard(speaker)
        ? [.. Of(speaker, Split.Test).Where((_, i) => i % 2 == 1)]
        : [.. Of(speaker, Split.Validation), .. Of(speaker, Split.Test)];
}
