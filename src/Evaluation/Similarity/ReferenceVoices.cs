using System.Numerics.Tensors;
using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Embeddings of real recordings of several speakers, and how like them speech is: the mean cosine, SECS.</summary>
public sealed class ReferenceVoices
{
    private readonly ISpeakerEmbedder _embedder;
    private readonly Dictionary<int, List<(int Utterance, float[] Embedding)>> _of;

    /// <param name="recordings">Utterances of each speaker.</param>
    /// <param name="heard">Makes the audio of a recording.</param>
    public ReferenceVoices(ISpeakerEmbedder embedder, IEnumerable<(int Speaker, IReadOnlyList<int> Utterances)> recordings, Func<int, AudioBuffer> heard)
    {
        _embedder = embedder;
        _of = recordings.ToDictionary(
            entry => entry.Speaker, entry => entry.Utterances.Select(utterance => (utterance, embedder.Embed(heard(utterance)))).ToList());
    }

    public string Embedder => _embedder.Name;

    /// <summary>Of speech to the recordings of every speaker, the one it was made from left out.</summary>
    public Likeness Of(AudioBuffer speech, int madeFrom) => Of(_embedder.Embed(speech), madeFrom);

    /// <summary>Of two recordings of one speaker: what could be reached. Each pair of recordings counts once.</summary>
    public IReadOnlyList<double> Ceiling() =>
        [.. _of.Values.SelectMany(own => own.SelectMany((one, i) => own.Skip(i + 1).Select(other => Cosine(one.Embedding, other.Embedding))))];

    /// <summary>Of recordings of two speakers: what somebody else's voice has.</summary>
    public IReadOnlyList<double> Floor() =>
    [
        .. from one in _of
           from other in _of
           where one.Key < other.Key
           from a in one.Value
           from b in other.Value
           select Cosine(a.Embedding, b.Embedding),
    ];

    /// <summary>Of each recording whether it is nearer to others of its speaker than to any other voice: whether the embedder can tell voices apart.</summary>
    public IEnumerable<bool?> Recognised() =>
        _of.SelectMany(voice => voice.Value.Select(recording => Of(recording.Embedding, recording.Utterance).IsNearestTo(voice.Key)));

    private Likeness Of(float[] embedding, int madeFrom) => new((
        from voice in _of
        let others = voice.Value.Where(recording => recording.Utterance != madeFrom).ToList()
        where others.Count > 0
        select (voice.Key, Mean: others.Average(recording => Cosine(embedding, recording.Embedding)))).ToDictionary(entry => entry.Key, entry => entry.Mean));

    private static double Cosine(float[] a, float[] b) => TensorPrimitives.Dot<float>(a, b);
}
