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
    private readonly SignalParameters _signal = SignalParameters.From(configuration.Constants);

    /// <exception cref="GraphException">Lists every mistake in the graph.</exception>
    public StageGraph Compose()
    {
        var corpora = new List<Stage>();
        if (configuration.Prompts is { } prompts)
            corpora.AddRange(PromptsStages(prompts));
        if (configuration.Folder is { } folder)
            corpora.AddRange(FolderStages(folder));
        StageId[] features = [.. corpora.OfType<FeaturesStage>().Select(stage => stage.Id)];
        return new StageGraph([.. corpora, .. TeacherStages(features), ReportOn(corpora.OfType<PreprocessStage>())]);
    }

    private IEnumerable<Stage> PromptsStages(PromptsDataset prompts)
    {
        yield return new FetchPromptsStage("FetchPrompts", prompts.Fetch, Path.Combine(root, "data", "raw", "prompts"), clock);
        yield return Preprocess(
            "PreprocessPrompts", prompts.Preprocess, new StageInput.Output("recordings", "FetchPrompts", FetchPromptsStage.Corpus));
        yield return Features("FeaturesPrompts", "PreprocessPrompts");
    }

    private IEnumerable<Stage> FolderStages(FolderDataset folder)
    {
        yield return Preprocess("PreprocessFolder", folder.Preprocess, new StageInput.Files("recordings", folder.Path, "**"));
        yield return Features("FeaturesFolder", "PreprocessFolder");
    }

    private PreprocessStage Preprocess(StageId id, PreprocessSettings settings, StageInput recordings)
    {
        var target = new PreprocessTarget(configuration.Constants.SampleRate, configuration.Constants.LoudnessTarget);
        return new PreprocessStage(id, settings, target, recordings, settings.Vad == VadKind.Silero ? SileroModel.DeliveredPath : null);
    }

    private FeaturesStage Features(StageId id, StageId preprocess) =>
        new(id, configuration.Features, _signal, new StageInput.Output("segments", preprocess, PreprocessStage.Segments));

    private IEnumerable<Stage> TeacherStages(StageId[] features)
    {
        yield return new MelStatisticsStage("MelStatistics", configuration.MelStatistics, features);
        yield return new SpeakerEncoderStage(
            "SpeakerEncoder", configuration.SpeakerEncoder, configuration.Constants, "MelStatistics", features) { Clock = clock };
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

    private ReportStage ReportOn(IEnumerable<PreprocessStage> preprocessing) => new("Report", configuration.Report,
    [
        new ReportSource.Metrics("SpeakerEncoder"),
        new ReportSource.Metrics("Phase0"),
        new ReportSource.Evaluation("EvaluatePhase0"),
        new ReportSource.Verdict("GatePhase0"),
        .. preprocessing.Select(stage => new ReportSource.Quarantine(stage.Id, PreprocessStage.Quarantine)),
    ]);
}
