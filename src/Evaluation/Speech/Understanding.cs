using Tmrvc.Audio;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>What is understood of utterances whose English words are known: the intelligibility of what is made of them.</summary>
public sealed class Understanding(FeatureShards shards, SpeechRecognizer recognizer, int mostFrames) : IDisposable
{
    private const string Language = "en";

    /// <returns>Null where the words are not known, are of another language, or are not all in the speech.</returns>
    public WordErrors? Errors(AudioBuffer speech, int madeFrom) =>
        shards.Utterances[madeFrom] is { Language: Language, Transcript: { } transcript } utterance && utterance.Frames <= mostFrames
            ? WordErrors.Of(transcript, recognizer.Words(speech)) : null;

    public void Dispose() => recognizer.Dispose();
}
