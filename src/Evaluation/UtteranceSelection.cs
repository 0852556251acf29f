using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>Which validation utterances are evaluated: spread evenly over the ids, the same in every run over the same features.</summary>
public static class UtteranceSelection
{
    /// <summary>For each speaker that has any, positions of utterances of at least so many frames.</summary>
    public static IReadOnlyList<(int Speaker, IReadOnlyList<int> Utterances)> PerSpeaker(FeatureShards shards, int count, int leastFrames) =>
        [.. shards.Of(Split.Validation)
            .Where(utterance => shards.Utterances[utterance].Frames >= leastFrames)
            .GroupBy(shards.SpeakerOf)
            .OrderBy(speaker => speaker.Key)
            .Select(speaker => (speaker.Key, Spread([.. speaker], count)))];

    /// <summary>For each speaker the first chosen utterance, in the voice of the next speaker; none where there is one speaker.</summary>
    public static IReadOnlyList<(int Utterance, int Target)> Conversions(FeatureShards shards, TeacherEvaluationSettings settings)
    {
        var speakers = PerSpeaker(shards, settings.UtterancesPerSpeaker, settings.ShortestSample);
        return speakers.Count == 1 ? [] : [.. speakers.Select((speaker, i) => (speaker.Utterances[0], speakers[(i + 1) % speakers.Count].Speaker))];
    }

    /// <summary>Positions over the whole validation split.</summary>
    public static IReadOnlyList<int> Overall(FeatureShards shards, int count) => Spread([.. shards.Of(Split.Validation)], count);

    internal static IReadOnlyList<int> Spread(IReadOnlyList<int> utterances, int count)
    {
        var taken = Math.Min(count, utterances.Count);
        return [.. Enumerable.Range(0, taken).Select(i => utterances[(2 * i + 1) * utterances.Count / (2 * taken)])];
    }
}
