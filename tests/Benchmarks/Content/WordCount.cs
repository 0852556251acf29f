using Tmrvc.Audio;
using Tmrvc.Evaluation;
using Tmrvc.Features;

namespace Tmrvc.Benchmarks.Content;

/// <summary>Word errors of the same English utterances: as recorded, spoken again from their mel, and converted.</summary>
internal sealed record ContentWords(WordErrors Recorded, WordErrors Resynthesised, WordErrors Converted);

/// <summary>Counts them; utterances whose words are not known count for nothing.</summary>
internal sealed class WordCount(Understanding understanding, IMelVocoder vocoder, SegmentAudio recordings, int sampleRate)
{
    internal ContentWords Figures { get; private set; } = new(default, default, default);

    internal void AddRecording(int utterance, float[] logMel)
    {
        if (understanding.Errors(Recording(utterance), utterance) is { } errors && understanding.Errors(vocoder.Speak(logMel), utterance) is { } again)
            Figures = Figures with { Recorded = Figures.Recorded + errors, Resynthesised = Figures.Resynthesised + again };
    }

    internal void AddConversion(int utterance, AudioBuffer speech)
    {
        if (understanding.Errors(speech, utterance) is { } errors)
            Figures = Figures with { Converted = Figures.Converted + errors };
    }

    private AudioBuffer Recording(int utterance)
    {
        var samples = new float[recordings.SamplesOf(utterance)];
        recordings.Read(utterance, 0, samples);
        return new AudioBuffer(samples, sampleRate);
    }
}
