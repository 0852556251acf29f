using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>Embeddings of real recordings of every speaker, and how like them speech is: the mean cosine, SECS.</summary>
public sealed class ReferenceVoices
{
    private readonly ISpeakerEmbedder _embedder;
    private readonly Dictionary<int, List<(int Utterance, float[] Embedding)>> _of;

    /// <param name="perSpeaker">Recordings of each speaker: of the validation split, and of the training split where that has too few.</param>
    /// <param name="shortest">Frames; shorter recordings are left out.</param>
    /// <param name="heard">Makes the audio of a recording.</param>
    public ReferenceVoices(FeatureShards shards, ISpeakerEmbedder embedder, int perSpeaker, int shortest, Func<int, AudioBuffer> heard)
    {
        _embedder = embedder;
        _of = Enumerable.Range(0, shards.Speakers.Count).ToDictionary(
            speaker => speaker,
            speaker => Chosen(shards, speaker, perSpeaker, shortest).Select(utterance => (utterance, embedder.Embed(heard(utterance)))).ToList());
    }

    public string Embedder => _embedder.Name;

    /// <summary>Of speech to a speaker's recordings, the one it was made from left out; null when there is none.</summary>
    public double? Similarity(AudioBuffer speech, int speaker, int madeFrom)
    {
        var embedding = _embedder.Embed(speech);
        return Mean(_of[speaker].Where(reference => reference.Utterance != madeFrom).Select(reference => Cosine(embedding, reference.Embedding)));
    }

    /// <summary>Of two recordings of one speaker: what could be reached.</summary>
    public double? Ceiling() => Mean(_of.Values.SelectMany(own => own.SelectMany(
        (one, i) => own.Skip(i + 1).Select(other => Cosine(one.Embedding, other.Embedding)))));

    /// <summary>Of recordings of two speakers: what somebody else's voice has.</summary>
    public double? Floor() => Mean(
        from one in _of
        from other in _of
        where one.Key < other.Key
        from a in one.Value
        from b in other.Value
        select Cosine(a.Embedding, b.Embedding));

    private static IReadOnlyList<int> Chosen(FeatureShards shards, int speaker, int count, int shortest)
    {
        int[] Of(Split split) =>
            [.. shards.Of(split).Where(utterance => shards.SpeakerOf(utterance) == speaker && shards.Utterances[utterance].Frames >= shortest)];
        var held = UtteranceSelection.Spread(Of(Split.Validation), count);
        return [.. held, .. UtteranceSelection.Spread(Of(Split.Train), count - held.Count)];
    }

    private static double Cosine(float[] a, float[] b) => TensorPrimitives.Dot<float>(a, b);

    private static double? Mean(IEnumerable<double> values) => values.Select(value => (double?)value).Average();
}
