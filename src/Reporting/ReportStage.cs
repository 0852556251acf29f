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

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs =>
        [.. sources.Select(source => new StageInput.Output(source.InputName, source.Stage, source.OutputName))];

    public override IReadOnlyList<string> Outputs => [ContentName];

    public override object Settings => settings;

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var audio = new AudioBudget(settings.AudioBytes);
        var content = new ReportContent
        {
            Training = Read<ReportSource.Metrics, TrainingCurves>((stage, path) => MetricsFile.Read(stage, path, settings.CurvePoints)),
            Evaluations = Read<ReportSource.Evaluation, EvaluationContent>((_, path) => EvaluationFolder.Read(path, audio)),
            Gates = Read<ReportSource.Verdict, GateContent>(VerdictFile.Read),
            Quarantine = [.. Read<ReportSource.Quarantine, IReadOnlyList<QuarantinedItem>>(QuarantineFile.Read).SelectMany(items => items)],
        };
        File.WriteAllBytes(run.Output(ContentName), ReportJson.Serialize(content));
        return Task.CompletedTask;

        List<TContent> Read<TSource, TContent>(Func<string, string, TContent> read) where TSource : ReportSource
        {
            cancellation.ThrowIfCancellationRequested();
            return [.. sources.OfType<TSource>().Select(source => read(source.Stage.Value, run.Input(source.InputName)))];
        }
    }
}
