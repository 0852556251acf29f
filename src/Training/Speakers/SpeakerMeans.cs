using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Mean embeddings of speakers over their training utterances. Safe on several threads.</summary>
public sealed class SpeakerMeans(FeatureShards shards, SpeakerEmbeddings embeddings)
{
    private readonly ILookup<int, int> _utterances = shards.Of(Split.Train).ToLookup(shards.SpeakerOf);
    private readonly ConcurrentDictionary<int, float[]> _means = [];

    /// <param name="speaker">Index into <see cref="FeatureShards.Speakers"/>.</param>
    /// <returns>[192], unit length; zeros for a speaker without a training utterance. Not to be written to.</returns>
    public float[] Of(int speaker) => _means.GetOrAdd(speaker, Mean);

    private float[] Mean(int speaker)
    {
        var mean = new float[embeddings.Dimension];
        foreach (var utterance in _utterances[speaker])
            TensorPrimitives.Add(mean, embeddings.Of(shards.Utterances[utterance].Id), mean);
        TensorPrimitives.Divide(mean, Math.Max(TensorPrimitives.Norm<float>(mean), float.Epsilon), mean);
        return mean;
    }
}
