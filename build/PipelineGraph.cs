using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Evaluation;
using Tmrvc.Features;
using Tmrvc.Reporting;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>Builds the stages of a configuration. Which corpora exist follows the profile; the tasks of the others are skipped.</summary>
/// <param name="root">Absolute path of the checkout.</param>
public sealed class PipelineGraph(PipelineConfiguration configuration, string root, TimeProvider clock)
{
    private static readonly StageId FetchModels = "FetchModels";
    private static readonly StageId FetchPhones = "FetchPhones";

    private readonly SignalParameters _signal = SignalParameters.From(configuration.Constants);

    /// <exception cref="GraphException">Lists every mistake in the graph.</exception>
    public StageGraph Compose()
    {
        var stages = configuration.Corpora().SelectMany(CorpusStages).ToList();
        if (configuration.Networks.Count > 0)
            stages.Add(configuration.Pretrained.Fetching(
                FetchModels, configuration.Networks, Path.Combine(root, "data", "raw", "models"), DownloadClient.Create, clock));
        if (configuration.NeedsPhones)
            stages.Add(new PackageFolderStage(
                FetchPhones, configuration.Phones, "the acoustic model that phones are told by", Path.Combine(root, "data", "raw", "phones"), clock));
        var preprocessing = stages.OfType<PreprocessStage>().Select(stage => stage.Id).ToList();
        if (stages.OfType<FeaturesStage>().Any())
            stages.AddRange(TeacherStages());
        return new StageGraph([.. stages, .. RoomStages(), ReportOn(preprocessing, [.. stages.Select(stage => stage.Id)])]);
    }

    private IEnumerable<Stage> CorpusStages(Corpus corpus)
    {
        var place = new DatasetPlace(corpus.Title, Path.Combine(root, "data", "raw", corpus.Name), clock);
        var preprocess = corpus.Dataset.Preprocess;
        return
        [
            .. corpus.Dataset.Fetching(place),
            Preprocess(place.Stage("Preprocess"), preprocess, corpus.Dataset.Recordings(place, "recordings")),
            .. preprocess.Does(PreprocessStep.Features) ? [Features(place)] : Array.Empty<Stage>(),
        ];
    }

    private IEnumerable<Stage> RoomStages() => configuration.Rooms.Stages(
        Path.Combine(root, "data", "raw"), configuration.Constants.SampleRate, Subbands.From(configuration.Constants), clock);

    private PreprocessStage Preprocess(StageId id, PreprocessSettings settings, StageInput recordings)
    {
        var target = new PreprocessTarget(configuration.Constants.SampleRate, configuration.Constants.LoudnessTarget);
        return new PreprocessStage(id, settings, target, recordings, settings.Vad == VadKind.Silero ? SileroModel.DeliveredPath : null);
    }

    private FeaturesStage Features(DatasetPlace place) => new(
        place.Stage("Features"), configuration.Features, _signal,
        new StageInput.Output("segments", place.Stage("Preprocess"), PreprocessStage.Segments),
        [
            .. configuration.Pretrained.Of(configuration.Features.Networks(), FetchModels),
            .. configuration.NeedsPhones ? [new StageInput.Output(FeaturesStage.PhoneModel, FetchPhones, PackageFolderStage.Folder)] : Array.Empty<StageInput>(),
        ]);

    /// <param name="datasets">None for all in use.</param>
    private StageId[] FeaturesOf(IReadOnlyList<string> datasets) =>
    [
        .. configuration.Corpora()
            .Where(corpus => corpus.Dataset.Preprocess.Does(PreprocessStep.Features))
            .Where(corpus => datasets.Count == 0 || datasets.Contains(corpus.Name))
            .Select(corpus => new StageId("Features" + corpus.Title)),
    ];

    private IEnumerable<Stage> TeacherStages()
    {
        var all = FeaturesOf([]);
        var features = FeaturesOf(configuration.Phases["0"].Datasets);
        yield return new MelStatisticsStage("MelStatistics", configuration.MelStatistics, all);
        yield return new SpeakerEncoderStage(
            "SpeakerEncoder", configuration.SpeakerEncoder, configuration.Constants, "MelStatistics", all) { Clock = clock };
        yield return new TeacherPhaseStage(
            "Phase0", configuration.Phases["0"], configuration.Constants, new TeacherPhaseInputs(features, "MelStatistics", "SpeakerEncoder"))
        { Clock = clock };
        yield return new EvaluateTeacherStage("EvaluatePhase0", configuration.Evaluation, _signal, configuration.Features.Pitch, new TeacherEvaluationInputs(
            new StageInput.Output("teacher", "Phase0", TeacherPhaseStage.Model),
            new StageInput.Output("statistics", "MelStatistics", MelStatisticsStage.Statistics),
            new StageInput.Output("embeddings", "SpeakerEncoder", SpeakerEncoderStage.Embeddings),
            [.. features.Select(stage => new StageInput.Output($"features_{stage}", stage, FeaturesStage.Features))]));
        yield return new TeacherGate(
            "GatePhase0",
            configuration.Gate,
            new StageInput.Output("metrics", "Phase0", MetricsLog.FileName),
            new StageInput.Output("evaluation", "EvaluatePhase0", EvaluateTeacherStage.Evaluation));
    }

    private ReportStage ReportOn(IEnumerable<StageId> preprocessing, IReadOnlyList<StageId> present) => new("Report", configuration.Report,
    [
        .. TeacherSources.Where(source => present.Contains(source.Stage)),
        .. preprocessing.Select(stage => new ReportSource.Quarantine(stage, PreprocessStage.Quarantine)),
    ]);

    private static readonly ReportSource[] TeacherSources =
    [
        new ReportSource.Metrics("SpeakerEncoder"),
        new ReportSource.Metrics("Phase0"),
        new ReportSource.Evaluation("EvaluatePhase0"),
        new ReportSource.Verdict("GatePhase0"),
    ];
}
