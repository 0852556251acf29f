using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Features;
using Tmrvc.SafeTensors;

namespace Tmrvc.Evaluation;

/// <summary>Reconstructs and converts fixed validation utterances and leaves mels, audio and figures in a folder.</summary>
/// <param name="voices">Tells how like the voice asked for the speech is; null where nothing tells voices apart.</param>
/// <param name="opinion">Predicts how natural the speech is; null where nothing does.</param>
/// <param name="pitch">Of the tracker that the features were made with: it also follows what is generated.</param>
public sealed class TeacherEvaluator(
    FeatureShards shards, VoiceConversion conversion, MelGenerator generator, IMelVocoder vocoder, ReferenceVoices? voices,
    OpinionScorer? opinion, SignalParameters signal, PitchSettings pitch, TeacherEvaluationSettings settings)
{
    public const string MelsFile = "mels.safetensors";

    private readonly Pitch _pitch = new(signal, pitch);
    private readonly SafeTensorsWriter _mels = new();
    private readonly List<EvaluatedSample> _samples = [];
    private readonly SampleFigures _overall = new(signal.NMels);

    /// <exception cref="InvalidDataException">No validation utterance is long enough.</exception>
    /// <param name="others">Figures from elsewhere that the report tells too.</param>
    public EvaluationReport Evaluate(
        StageId stage, string folder, IEnumerable<Figure> others, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, "audio"));
        var asked = Asked();
        foreach (var (utterance, target) in asked)
        {
            cancellation.ThrowIfCancellationRequested();
            _samples.Add(Sample(folder, utterance, target));
            progress.Report(new StageProgress(_samples.Count, asked.Count, "samples"));
        }
        _mels.Save(Path.Combine(folder, MelsFile));
        var report = new EvaluationReport(stage.Value, signal.SampleRate, signal.HopLength, signal.MelFmin, signal.MelFmax,
            new SortedDictionary<string, string> { ["seed"] = $"{settings.Seed}", ["steps"] = $"{settings.Steps}" },
            [ValidationLoss(), .. _overall.All(), .. Bounds(), .. others], _samples);
        report.Write(Path.Combine(folder, EvaluationReport.FileName));
        return report;
    }

    /// <summary>Reconstructions, then conversions.</summary>
    private List<(int Utterance, int? Target)> Asked()
    {
        var speakers = UtteranceSelection.PerSpeaker(shards, settings.UtterancesPerSpeaker, settings.ShortestSample);
        if (speakers.Count == 0)
            throw new InvalidDataException(
                $"Features: no validation utterance has shortest_sample ({settings.ShortestSample}) frames; lower it or add speech.");
        var same = speakers.SelectMany(speaker => speaker.Utterances.Select(utterance => (utterance, (int?)null)));
        return [.. same, .. UtteranceSelection.Conversions(shards, settings).Select(asked => (asked.Utterance, (int?)asked.Target))];
    }

    private EvaluatedSample Sample(string folder, int utterance, int? target)
    {
        var entry = shards.Utterances[utterance];
        var conditions = target is { } speaker ? conversion.To(utterance, speaker) : conversion.Same(utterance);
        var generated = generator.Generate(conditions, settings.NoiseSeed(utterance));
        var recording = generator.Clamped(conversion.LogMel(utterance));
        var recorded = Leave(folder, target is null ? "target" : "source", recording, "the recording's mel");
        var spoken = Leave(folder, "generated", generated, $"{settings.Steps} Euler steps");
        var similarity = voices?.Similarity(spoken.Audio, target ?? shards.SpeakerOf(utterance), madeFrom: utterance);
        var score = opinion?.Score(spoken.Audio);
        var kind = target is null ? SampleKind.Reconstruction : SampleKind.Conversion;
        var figures = new SampleFigures(signal.NMels);
        foreach (var sum in new[] { figures, _overall })
        {
            if (target is null) sum.AddMel(recording, generated);
            sum.AddPitch(conditions.F0, _pitch.Compute(spoken.Audio.Samples));
            if (similarity is { } value) sum.AddSimilarity(kind, value);
            if (score is { } predicted) sum.AddOpinion(predicted);
        }
        return new EvaluatedSample(entry.Id, kind, entry.SpeakerKey,
            target is { } whose ? shards.Speakers[whose] : null, entry.Transcript, [recorded.Signal, spoken.Signal], [.. figures.All()]);
    }

    private (Signal Signal, AudioBuffer Audio) Leave(string folder, string role, float[] logMel, string what)
    {
        var audio = vocoder.Speak(logMel);
        var name = $"{_samples.Count}-{role}";
        AudioFile.WriteFlac16(Path.Combine(folder, "audio", name + ".flac"), audio);
        _mels.Add(name, logMel, signal.NMels, logMel.Length / signal.NMels);
        return (new Signal(role, name, $"audio/{name}.flac", $"{what}, {vocoder.Name}"), audio);
    }

    /// <summary>What a similarity is to be compared with, and what nothing here can compute.</summary>
    private IEnumerable<Figure> Bounds()
    {
        if (voices is not null)
        {
            yield return new(FigureNames.Ceiling, voices.Ceiling(), "", $"SECS by {voices.Embedder}");
            yield return new(FigureNames.Floor, voices.Floor(), "", $"SECS by {voices.Embedder}");
        }
        if (opinion is null) yield return new(FigureNames.OpinionScore, null, "", "not computed: no network for it is configured");
    }

    private Figure ValidationLoss()
    {
        var utterances = UtteranceSelection.Overall(shards, settings.LossUtterances);
        var losses = utterances.Select((utterance, i) => generator.VelocityLoss(
            conversion.Same(utterance), conversion.LogMel(utterance), (i + 0.5) / utterances.Count, settings.NoiseSeed(utterance)));
        return new Figure("Velocity loss", losses.Average(), "", $"{utterances.Count} validation utterances, times spread over [0, 1]");
    }
}
