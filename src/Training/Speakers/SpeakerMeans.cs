using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Mean embeddings of speakers. Safe on several threads.</summary>
/// <param name="known">The utterances that a speaker is known by.</param>
public sealed class SpeakerMeans(FeatureShards shards, SpeakerEmbeddings embeddings, Func<int, IEnumerable<int>> known)
{
    private readonly ConcurrentDictionary<int, float[]> _means = [];

    /// <summary>Over the utterances of the training.</summary>
    public SpeakerMeans(FeatureShards shards, SpeakerEmbeddings embeddings) : this(shards, embeddings, OfTraining(shards))
    {
    }

    /// <param name="speaker">Index into <see cref="FeatureShards.Speakers"/>.</param>
    /// <returns>[192], unit length; zeros for a speaker who is known by none. Not to be written to.</returns>
    public float[] Of(int speaker) => _means.GetOrAdd(speaker, Mean);

    private static Func<int, IEnumerable<int>> OfTraining(FeatureShards shards)
    {
        var utterances = shards.Of(Split.Train).ToLookup(shards.SpeakerOf);
        return speaker => utterances[speaker];
    }

    private float[] Mean(int speaker)
    {
        var mean = new float[embeddings.Dimension];
        foreach (var utterance in known(speaker))
            TensorPrimitives.Add(mean, embeddings.Of(shards.Utterances[utterance].Id), mean);
        TensorPrimitives.Divide(mean, Math.Max(TensorPrimitives.Norm<float>(mean), float.Epsilon), mean);
        return mean;
    }
}
