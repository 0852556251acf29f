using Tmrvc.Audio;
using Tmrvc.Corpora;
using Tmrvc.Evaluation;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Benchmarks.Content;

/// <summary>Paths of what a teacher was trained on and became, and of the models that words are understood by.</summary>
internal sealed record TrainedTeacher(string Segments, string Features, string Statistics, string Embeddings, string Model, string Words);

/// <summary>How well a teacher converts.</summary>
/// <param name="Recordings">Share of held-out recordings that the classifier gives to their speaker.</param>
/// <param name="Target">Share of conversions that it gives to the voice asked for.</param>
/// <param name="Source">Share that it gives to the voice of the recording.</param>
/// <param name="F0">Correlation of log F0, asked against found.</param>
internal sealed record ContentFigures(int Conversions, double Recordings, double Target, double Source, double? F0)
{
    public ContentWords Words { get; init; } = new(default, default, default);
}

/// <summary>
/// Converts held-out utterances of each speaker to each other speaker, and lets a classifier that heard recordings alone say whose voice it is,
/// and a recogniser what is said.
/// </summary>
internal sealed class ContentJudge(SignalParameters signal, int leastFrames = 120, int mostFrames = 600)
{
    private readonly VoiceStatistics _voices = new(signal.NMels);
    private readonly GriffinLimVocoder _vocoder = new(signal);

    internal ContentFigures Judge(TrainedTeacher trained)
    {
        using var shards = FeatureShards.Open(trained.Features);
        using var embeddings = SpeakerEmbeddings.Open(trained.Embeddings);
        using var teacher = ModelFiles.Teacher.Load(trained.Model);
        teacher.eval();
        var generator = new MelGenerator(teacher, MelStatistics.Read(trained.Statistics), new EulerSampler { Steps = 10 }, TorchSharp.torch.CPU);
        var conversion = new VoiceConversion(new SpeakerIndex(shards), embeddings, mostFrames);
        double[] Recorded(int utterance) => _voices.Of(generator.Clamped(conversion.LogMel(utterance)));

        var classifier = new SpeakerDiscriminant([.. Long(shards, Split.Train).Select(utterance => (shards.SpeakerOf(utterance), Recorded(utterance)))]);
        int[] heldOut = [.. Long(shards, Split.Validation), .. Long(shards, Split.Test)];
        using var understanding = new Understanding(shards, new SpeechRecognizer(trained.Words), mostFrames);
        var words = new WordCount(understanding, _vocoder, new SegmentAudio(shards, [trained.Segments], signal.HopLength), signal.SampleRate);
        foreach (var utterance in heldOut)
            words.AddRecording(utterance, generator.Clamped(conversion.LogMel(utterance)));
        var right = heldOut.Average(utterance => classifier.Classify(Recorded(utterance)) == shards.SpeakerOf(utterance) ? 1.0 : 0);
        return Converted(shards, heldOut, (utterance, speaker) =>
        {
            var conditions = conversion.To(utterance, speaker);
            var mel = generator.Generate(conditions, (ulong)utterance);
            var speech = _vocoder.Speak(mel);
            words.AddConversion(utterance, speech);
            return (classifier.Classify(_voices.Of(mel)), conditions.F0, new Pitch(signal).Compute(speech.Samples));
        }) with { Recordings = right, Words = words.Figures };
    }

    private ContentFigures Converted(FeatureShards shards, int[] heldOut, Func<int, int, (int Voice, float[] Asked, float[] Found)> convert)
    {
        var pitch = new PitchFigures();
        int count = 0, target = 0, source = 0;
        foreach (var own in heldOut.GroupBy(shards.SpeakerOf))
            foreach (var utterance in own)
                foreach (var other in heldOut.Select(shards.SpeakerOf).Distinct().Where(speaker => speaker != own.Key))
                {
                    var (voice, asked, found) = convert(utterance, other);
                    count++;
                    target += voice == other ? 1 : 0;
                    source += voice == own.Key ? 1 : 0;
                    pitch.Add(asked, found);
                }
        return new(count, 0, (double)target / count, (double)source / count, pitch.Correlation());
    }

    private IEnumerable<int> Long(FeatureShards shards, Split split) =>
        shards.Of(split).Where(utterance => shards.Utterances[utterance].Frames >= leastFrames);
}
