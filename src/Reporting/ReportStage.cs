using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting;

/// <summary>
/// Gathers what the artifacts say into one deterministic file. <see cref="ReportWriter"/> later joins it with the run.
/// It reads verdicts without requiring that they passed, so a failed gate is reported like any other.
/// </summary>
public sealed class ReportStage(StageId id, ReportSettings settings, params IReadOnlyList<ReportSource> sources) : ActionStage(id)
{
    public const string ContentName = "content.json";

    public override string Description => "Gather curves, samples, gates and quarantined files for the report";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs =>
        [.. sources.Select(source => new StageInput.Output(source.InputName, source.Stage, source.OutputName))];

    public override IReadOnlyList<string> Outputs => [ContentName];

    public override object Settings => settings;

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var audio = new AudioBudget(settings.AudioBytes);
        var evaluations = Evaluations();
        var content = new ReportContent
        {
            Training = Read<ReportSource.Metrics, TrainingCurves>((stage, path) => MetricsFile.Read(stage, path, settings.CurvePoints)),
            Evaluations = evaluations,
            Gates = Read<ReportSource.Verdict, GateContent>(VerdictFile.Read),
            Sounds = audio.Sounds,
            Quarantine = [.. Read<ReportSource.Quarantine, IReadOnlyList<QuarantinedItem>>(QuarantineFile.Read).SelectMany(items => items)],
        };
        File.WriteAllBytes(run.Output(ContentName), ReportJson.Serialize(content));
        return Task.CompletedTask;

        // The last evaluation is that of the product: it has the first claim on room for sounds.
        List<EvaluationContent> Evaluations()
        {
            cancellation.ThrowIfCancellationRequested();
            List<EvaluationContent> read = [.. sources.OfType<ReportSource.Evaluation>().Reverse().Select(source => EvaluationFolder.Read(run.Input(source.InputName), audio))];
            read.Reverse();
            return read;
        }

        List<TContent> Read<TSource, TContent>(Func<string, string, TContent> read) where TSource : ReportSource
        {
            cancellation.ThrowIfCancellationRequested();
            return [.. sources.OfType<TSource>().Select(source => read(source.Stage.Value, run.Input(source.InputName)))];
        }
    }
}
