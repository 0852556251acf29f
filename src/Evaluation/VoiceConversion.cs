using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Evaluation;

/// <summary>Makes the conditions under which an utterance is said again, by its own speaker or by another.</summary>
public sealed class VoiceConversion(SpeakerIndex index, SpeakerEmbeddings embeddings, int mostFrames)
{
    private readonly FeatureShards _shards = index.Shards;
    private readonly SpeakerMeans _means = new(index.Shards, embeddings, index.Known);

    /// <summary>The utterance's beginning as it was said.</summary>
    public UtteranceConditions Same(int utterance) =>
        new(Content(utterance), F0(utterance), embeddings.Of(_shards.Utterances[utterance].Id).ToArray());

    /// <summary>The utterance's content with another speaker's mean embedding, F0 moved to that speaker's range.</summary>
    public UtteranceConditions To(int utterance, int speaker)
    {
        var own = _shards.Statistics[_shards.SpeakerOf(utterance)];
        return new(Content(utterance), PitchTransfer.Move(F0(utterance), own, _shards.Statistics[speaker]), _means.Of(speaker));
    }

    /// <summary>Natural-log mel of the beginning, [80, T].</summary>
    public float[] LogMel(int utterance) => Beginning(_shards.LogMel(utterance), _shards.Mels, utterance);

    private int Frames(int utterance) => Math.Min(_shards.Utterances[utterance].Frames, mostFrames);

    private float[] F0(int utterance) => _shards.F0(utterance)[..Frames(utterance)].ToArray();

    private float[] Content(int utterance)
    {
        var content = Beginning(_shards.Content(utterance), _shards.ContentDimension, utterance);
        _shards.Statistics[_shards.SpeakerOf(utterance)].NormalizeContent(content, Frames(utterance), Frames(utterance));
        return content;
    }

    /// <summary>[rows, all frames] → [rows, T]</summary>
    private float[] Beginning(ReadOnlySpan<float> values, int rows, int utterance)
    {
        var (all, frames) = (_shards.Utterances[utterance].Frames, Frames(utterance));
        var beginning = new float[rows * frames];
        for (var row = 0; row < rows; row++)
            values.Slice(row * all, frames).CopyTo(beginning.AsSpan(row * frames));
        return beginning;
    }
}
