using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Reporting;

namespace Tmrvc.Build;

/// <summary>Builds the stages of a configuration. Which corpora exist follows the profile; the tasks of the others are skipped.</summary>
/// <param name="root">Absolute path of the checkout.</param>
public sealed class PipelineGraph(PipelineConfiguration configuration, string root, TimeProvider clock)
{
    internal static readonly StageId FetchModels = "FetchModels";
    internal static readonly StageId FetchWords = "FetchWords";
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
        if (configuration.NeedsWords)
            stages.Add(new PackageFolderStage(
                FetchWords, configuration.Words, "the models that words are understood by", Path.Combine(root, "data", "raw", "words"), clock));
        ReportSource.Quarantine[] quarantines =
        [
            .. stages.OfType<PreprocessStage>().Select(stage => new ReportSource.Quarantine(stage.Id, PreprocessStage.Quarantine)),
            .. stages.OfType<FeaturesStage>().Select(stage => new ReportSource.Quarantine(stage.Id, FeaturesStage.Quarantine)),
        ];
        if (stages.OfType<FeaturesStage>().Any())
            stages.AddRange(new TeacherStages(configuration, clock).Compose());
        return new StageGraph([.. stages, .. RoomStages(), ReportOn(quarantines, [.. stages.Select(stage => stage.Id)])]);
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

    private ReportStage ReportOn(IEnumerable<ReportSource.Quarantine> quarantines, IReadOnlyList<StageId> present) => new("Report", configuration.Report,
    [
        .. TeacherStages.Sources(configuration).Concat(StudentStages.Sources()).Where(source => present.Contains(source.Stage)),
        .. quarantines,
    ]);
}
