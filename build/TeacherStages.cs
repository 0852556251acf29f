using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Evaluation;
using Tmrvc.Features;
using Tmrvc.Reporting;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>
/// The teacher's part of the graph. A phase is an entry of <c>phases</c>: what it resumes from, learns from and is judged by stands
/// there. A phase with an entry under <c>gates</c> is evaluated and judged, and what resumes from it waits for the verdict.
/// </summary>
internal sealed class TeacherStages(PipelineConfiguration configuration, TimeProvider clock)
{
    internal static readonly StageId Statistics = "MelStatistics";
    internal static readonly StageId Encoder = "SpeakerEncoder";
    private static readonly StageId Judge = "JudgeEncoder";
    internal static readonly StageId Vocoder = "TeacherVocoder";

    private readonly SignalParameters _signal = SignalParameters.From(configuration.Constants);

    public IEnumerable<Stage> Compose() =>
    [
        new MelStatisticsStage(Statistics, configuration.MelStatistics, Of([], "Features")),
        SpeakerEncoder(Encoder, configuration.SpeakerEncoder),
        .. configuration.NeedsVocoder ? [TeacherVocoder()] : Array.Empty<Stage>(),
        .. configuration.NeedsJudge ? [SpeakerEncoder(Judge, configuration.JudgeEncoder)] : Array.Empty<Stage>(),
        .. configuration.PhasesInUse().SelectMany(phase => Phase(phase.Name, phase.Settings)),
        .. configuration.Student.Phase == StudentPhase.None ? [] : Student(configuration.TeacherPhases[^1]).Compose(),
    ];

    /// <summary>What the report tells of these stages, where they are in the graph.</summary>
    public static IEnumerable<ReportSource> Sources(PipelineConfiguration configuration) =>
    [
        new ReportSource.Metrics(Encoder), new ReportSource.Metrics(Judge), new ReportSource.Metrics(Vocoder),
        .. configuration.PhasesInUse().SelectMany(phase => new ReportSource[]
        {
            new ReportSource.Metrics(Trained(phase.Name)),
            new ReportSource.Evaluation(Evaluated(phase.Name)),
            new ReportSource.Verdict(Judged(phase.Name)),
        }),
    ];

    private static StageId Trained(string phase) => new(Title(phase));

    private static StageId Evaluated(string phase) => new($"Evaluate{Title(phase)}");

    private static StageId Judged(string phase) => new($"Gate{Title(phase)}");

    private static StageId Paired(string phase) => new($"{Title(phase)}Pairs");

    /// <summary>Phase1a of 1a, Reflow of reflow.</summary>
    internal static string Title(string phase) => char.IsDigit(phase[0]) ? $"Phase{phase}" : char.ToUpperInvariant(phase[0]) + phase[1..];

    /// <summary>Stages of the corpora that have features.</summary>
    /// <param name="datasets">None for all in use.</param>
    private StageId[] Of(IReadOnlyList<string> datasets, string verb) =>
    [
        .. configuration.Corpora()
            .Where(corpus => corpus.Dataset.Preprocess.Does(PreprocessStep.Features))
            .Where(corpus => datasets.Count == 0 || datasets.Contains(corpus.Name))
            .Select(corpus => new StageId(verb + corpus.Title)),
    ];

    private SpeakerEncoderStage SpeakerEncoder(StageId id, SpeakerEncoderSettings settings) =>
        new(id, settings, configuration.Constants, Statistics, Of([], "Features")) { Clock = clock };

    private TeacherVocoderStage TeacherVocoder() =>
        new(Vocoder, configuration.TeacherVocoder, _signal, Statistics, Of([], "Preprocess")) { Clock = clock };

    private IEnumerable<Stage> Phase(string name, TeacherPhaseSettings settings)
    {
        var inputs = Inputs(settings);
        if (settings is { Pairs: { } pairs, ResumesFrom: { } teacher })
        {
            yield return new ReflowPairsStage(
                Paired(name), pairs, configuration.Constants, new(Trained(teacher), inputs.Features, Statistics, Encoder) { Gate = inputs.Gate });
            inputs = inputs with { Pairs = Paired(name) };
        }
        yield return new TeacherPhaseStage(Trained(name), settings, configuration.Constants, inputs) { Clock = clock };
        if (!configuration.Gates.TryGetValue(name, out var gate)) yield break;
        yield return new EvaluateTeacherStage(
            Evaluated(name), configuration.Evaluation, _signal, configuration.Features, EvaluationInputs(name, settings));
        yield return new TeacherGate(
            Judged(name), gate,
            new StageInput.Output("metrics", Trained(name), MetricsLog.FileName),
            new StageInput.Output("evaluation", Evaluated(name), EvaluateTeacherStage.Evaluation),
            JudgedBefore(settings) is { } before ? new StageInput.Output("before", Evaluated(before), EvaluateTeacherStage.Evaluation) : null);
    }

    /// <summary>The nearest phase behind that has a gate.</summary>
    private string? JudgedBefore(TeacherPhaseSettings settings) => settings.ResumesFrom is not { } origin ? null
        : configuration.Gates.ContainsKey(origin) ? origin : JudgedBefore(configuration.Phases[origin]);

    private StudentStages Student(string teacher) => new(
        configuration, clock, Trained(teacher), configuration.Gates.ContainsKey(teacher) ? Judged(teacher) : null, Of([], "Features"), Of([], "Preprocess"))
    {
        Evaluation = EvaluationInputs(teacher, configuration.Phases[teacher]),
    };

    private TeacherPhaseInputs Inputs(TeacherPhaseSettings settings) => new(Of(settings.Datasets, "Features"), Statistics, Encoder)
    {
        Previous = settings.ResumesFrom is { } previous ? Trained(previous) : null,
        Gate = settings.ResumesFrom is { } judged && configuration.Gates.ContainsKey(judged) ? Judged(judged) : null,
        Vocoder = Vocoder,
        Preprocessing = Of(settings.Datasets, "Preprocess"),
        Rooms = configuration.Rooms.ResponseStages,
    };

    private TeacherEvaluationInputs EvaluationInputs(string phase, TeacherPhaseSettings settings) => new(
        new StageInput.Output("teacher", Trained(phase), TeacherPhaseStage.Model),
        new StageInput.Output("statistics", Statistics, MelStatisticsStage.Statistics),
        new StageInput.Output("embeddings", Encoder, SpeakerEncoderStage.Embeddings),
        [.. Of(settings.Datasets, "Features").Select(stage => new StageInput.Output($"features_{stage}", stage, FeaturesStage.Features))])
    {
        Vocoder = configuration.Evaluation.Waveforms == WaveformKind.Vocoder
            ? new StageInput.Output("vocoder", Vocoder, TeacherVocoderStage.Model) : null,
        Networks = configuration.Pretrained.Of(configuration.EvaluationNetworks, PipelineGraph.FetchModels),
        Words = configuration.NeedsWords ? new StageInput.Output("words", PipelineGraph.FetchWords, PackageFolderStage.Folder) : null,
        Segments = [.. Of(settings.Datasets, "Preprocess").Select(stage => new StageInput.Output($"segments_{stage}", stage, PreprocessStage.Segments))],
        Judge = configuration.NeedsJudge ? new StageInput.Output("judge", Judge, SpeakerEncoderStage.Model) : null,
        RoomEstimator = settings.Losses.Ir > 0 ? new StageInput.Output("room_estimator", Trained(phase), TeacherPhaseStage.Rooms) : null,
        Rooms = [.. configuration.Rooms.ResponseStages.Select(stage => new StageInput.Output($"responses_{stage}", stage, ImpulseResponsesStage.Responses))],
    };
}
