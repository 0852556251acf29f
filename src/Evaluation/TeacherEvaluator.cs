using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>Reconstructs and converts fixed validation utterances and leaves mels, audio and figures in a folder.</summary>
internal sealed class TeacherEvaluator(EvaluationBench bench, SignalParameters signal, TeacherEvaluationSettings settings)
{
    public const string MelsFile = "mels.safetensors";

    private readonly SampleJudge _judge = new(bench, signal.NMels);
    private readonly Dictionary<int, Signal> _recordings = [];
    private readonly List<EvaluatedSample> _samples = [];

    /// <exception cref="InvalidDataException">No validation utterance is long enough.</exception>
    public EvaluationReport Evaluate(StageId stage, string folder, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var files = new SampleFolder(folder, signal.NMels);
        var asked = Asked();
        foreach (var sample in asked)
        {
            cancellation.ThrowIfCancellationRequested();
            _samples.Add(Sample(files, sample));
            progress.Report(new StageProgress(_samples.Count, asked.Count, "samples"));
        }
        files.Save();
        var report = new EvaluationReport(stage.Value, signal.SampleRate, signal.HopLength, signal.MelFmin, signal.MelFmax, Settings(),
            [ValidationLoss(), .. _judge.Overall(), .. new ReferenceFigures(bench).All(), .. InRooms(), .. NotComputed()], _samples);
        report.Write(Path.Combine(folder, EvaluationReport.FileName));
        return report;
    }

    private SortedDictionary<string, string> Settings() => new()
    {
        ["few_steps"] = $"{settings.FewSteps}",
        ["guidance"] = FormattableString.Invariant($"{settings.Guidance}"),
        ["seed"] = $"{settings.Seed}",
        ["steps"] = $"{settings.Steps}",
        ["sway"] = FormattableString.Invariant($"{settings.Sway}"),
    };

    private IReadOnlyList<AskedSample> Asked() => bench.Plan is { Reconstructions: { Count: > 0 } same } plan
        ? [.. same, .. plan.Conversions, .. plan.ToUnheard]
        : throw new InvalidDataException(
            $"Features: no validation utterance has shortest_sample ({settings.ShortestSample}) frames; lower it or add speech.");

    private EvaluatedSample Sample(SampleFolder files, AskedSample asked)
    {
        var (utterance, target) = (asked.Utterance, asked.Target);
        var entry = bench.Shards.Utterances[utterance];
        var conditions = target is { } speaker ? bench.Conversion.To(utterance, speaker) : bench.Conversion.Same(utterance);
        var (mel, audio) = Spoken(utterance, conditions);
        var recording = bench.RecordedMel(utterance);
        if (target is null) Reconstructed(files, utterance, recording);
        var figures = _judge.Judge(new SpokenSample(asked, conditions, recording, mel, Brief(utterance, conditions), audio));
        IReadOnlyList<Signal> signals = !asked.IsShown ? [] :
        [
            _recordings[utterance] with { Role = target is null ? "target" : "source" },
            files.Leave($"{_samples.Count}-generated", "generated", mel, audio, $"{settings.Steps} Euler steps, {bench.Vocoder.Name}"),
        ];
        return new EvaluatedSample(entry.Id, target is null ? SampleKind.Reconstruction : SampleKind.Conversion, entry.SpeakerKey,
            target is { } whose ? bench.Shards.Speakers[whose] : null, entry.Transcript, signals, figures);
    }

    /// <summary>What stands beside a reconstruction: the recording through the vocoder, and the same by the speaker's mean embedding.</summary>
    private void Reconstructed(SampleFolder files, int utterance, float[] recording)
    {
        var vocoded = bench.Vocoder.Speak(recording);
        _recordings[utterance] = files.Leave($"{_samples.Count}-recorded", "target", recording, vocoded, $"the recording's mel, {bench.Vocoder.Name}");
        _judge.JudgeRecording(utterance, vocoded);
        if (bench.Voices is not null)
            _judge.JudgeByMean(utterance, Spoken(utterance, bench.Conversion.To(utterance, bench.Shards.SpeakerOf(utterance))).Audio);
    }

    private float[] Brief(int utterance, UtteranceConditions conditions) => bench.Brief.Generate(conditions, settings.NoiseSeed(utterance));

    private (float[] Mel, AudioBuffer Audio) Spoken(int utterance, UtteranceConditions conditions)
    {
        var mel = bench.Generator.Generate(conditions, settings.NoiseSeed(utterance));
        return (mel, bench.Vocoder.Speak(mel));
    }

    private IEnumerable<Figure> InRooms() => bench.Trials is { } trials ? new RoomEvaluator(bench, trials, bench.Listener!, settings).Figures() : [];

    private IEnumerable<Figure> NotComputed()
    {
        if (bench.Voices is not null && bench.Plan.Conversions.Count == 0)
            yield return new(FigureNames.Conversion, null, "", "not computed: nobody is there to be converted to; use two speakers with validation utterances or more");
        if (bench.Discriminant is null)
            yield return new(FigureNames.Assigned, null, "%", "not computed: too few recordings for a discriminant; add recordings of each speaker");
        if (bench.Opinion is null) yield return new(FigureNames.OpinionScore, null, "", "not computed: no network for it is configured");
        if (bench.Words is null) yield return new(FigureNames.WordErrors, null, "%", "not computed: evaluation.words is none");
    }

    private Figure ValidationLoss()
    {
        var utterances = bench.Plan.Overall;
        var losses = utterances.Select((utterance, i) => bench.Generator.VelocityLoss(
            bench.Conversion.Same(utterance), bench.Conversion.LogMel(utterance), (i + 0.5) / utterances.Count, settings.NoiseSeed(utterance)));
        return new Figure(FigureNames.VelocityLoss, losses.Average(), "", "validation utterances, times spread over [0, 1]") { Count = utterances.Count };
    }
}
