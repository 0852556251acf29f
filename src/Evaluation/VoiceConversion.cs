using System.Numerics.Tensors;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Evaluation;

/// <summary>Makes the conditions under which an utterance is said again, by its own speaker or by another.</summary>
public sealed class VoiceConversion(FeatureShards shards, SpeakerEmbeddings embeddings, int mostFrames)
{
    /// <summary>The utterance's beginning as it was said.</summary>
    public UtteranceConditions Same(int utterance) =>
        new(Content(utterance), F0(utterance), embeddings.Of(shards.Utterances[utterance].Id).ToArray());

    /// <summary>The utterance's content with another speaker's mean embedding, F0 moved to that speaker's range.</summary>
    public UtteranceConditions To(int utterance, int speaker)
    {
        var own = shards.Statistics[shards.SpeakerOf(utterance)];
        return new(Content(utterance), PitchTransfer.Move(F0(utterance), own, shards.Statistics[speaker]), MeanEmbedding(speaker));
    }

    /// <summary>Natural-log mel of the beginning, [80, T].</summary>
    public float[] LogMel(int utterance) => Beginning(shards.LogMel(utterance), shards.Mels, utterance);

    private int Frames(int utterance) => Math.Min(shards.Utterances[utterance].Frames, mostFrames);

    private float[] F0(int utterance) => shards.F0(utterance)[..Frames(utterance)].ToArray();

    private float[] Content(int utterance)
    {
        var content = Beginning(shards.Content(utterance), shards.ContentDimension, utterance);
        shards.Statistics[shards.SpeakerOf(utterance)].NormalizeContent(content, Frames(utterance), Frames(utterance));
        return content;
    }

    /// <summary>[rows, all frames] → [rows, T]</summary>
    private float[] Beginning(ReadOnlySpan<float> values, int rows, int utterance)
    {
        var (all, frames) = (shards.Utterances[utterance].Frames, Frames(utterance));
        var beginning = new float[rows * frames];
        for (var row = 0; row < rows; row++)
            values.Slice(row * all, frames).CopyTo(beginning.AsSpan(row * frames));
        return beginning;
    }

    /// <summary>Over the speaker's training utterances, unit length.</summary>
    private float[] MeanEmbedding(int speaker)
    {
        var mean = new float[embeddings.Dimension];
        foreach (var utterance in shards.Of(Split.Train).Where(utterance => shards.SpeakerOf(utterance) == speaker))
            TensorPrimitives.Add(mean, embeddings.Of(shards.Utterances[utterance].Id), mean);
        TensorPrimitives.Divide(mean, Math.Max(TensorPrimitives.Norm(mean), float.Epsilon), mean);
        return mean;
    }
}
