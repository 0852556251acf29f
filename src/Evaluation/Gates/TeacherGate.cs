using System.Globalization;
using Tmrvc.BuildGraph;
using Tmrvc.SafeTensors;

namespace Tmrvc.Evaluation;

/// <summary>What the teacher generates has the shape of speech and is finite, and the figures that are asked for reach their bars.</summary>
/// <param name="metrics">metrics.jsonl of the training stage.</param>
/// <param name="evaluation">The folder an <see cref="EvaluateTeacherStage"/> left.</param>
/// <param name="before">The folder of the judged phase before, where there is one.</param>
public sealed class TeacherGate(
    StageId id, TeacherGateSettings settings, StageInput.Output metrics, StageInput.Output evaluation, StageInput.Output? before = null)
    : GateStage(id)
{
    public override string Description => $"Judges {metrics.Stage} by its figures";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs => [metrics, evaluation, .. new[] { Compared }.OfType<StageInput>()];

    public override object Settings => settings;

    public override Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation)
    {
        var folder = run.Input(evaluation.Name);
        var report = Report(run, evaluation);
        using var mels = SafeTensorsFile.Open(Path.Combine(folder, TeacherEvaluator.MelsFile));
        var figures = new FigureChecks(report, Compared is { } other ? Report(run, other) : null);
        return Task.FromResult(new GateVerdict(
        [
            .. settings.Loss is { } loss ? LossChecks(loss, LossTrend.Losses(run.Input(metrics.Name))) : [],
            .. MelChecks(report, mels),
            .. figures.All(settings),
        ]));
    }

    /// <summary>Read only where a bar depends on it.</summary>
    private StageInput.Output? Compared => settings.LooksBack ? before : null;

    private static EvaluationReport Report(StageRun run, StageInput.Output folder) =>
        EvaluationReport.Read(Path.Combine(run.Input(folder.Name), EvaluationReport.FileName));

    internal static IEnumerable<GateCheck> LossChecks(LossTrendSettings settings, IReadOnlyList<double> losses)
    {
        if (losses.Count < settings.Windows)
        {
            yield return new("Training steps", $"{losses.Count}", $"≥ {settings.Windows}", false);
            yield break;
        }
        var trend = LossTrend.Of(losses, settings.Windows);
        var windows = string.Join(" → ", trend.Windows.Select(Format));
        yield return new($"Training loss, means of {settings.Windows} windows", windows,
            $"each ≤ {Format(1 + settings.Tolerance)} × the one before", trend.WorstStep <= 1 + settings.Tolerance);
        yield return new("Training loss, last window over the first", Format(trend.Remaining),
            $"≤ {Format(settings.Remaining)}", trend.Remaining <= settings.Remaining);
    }

    internal static IEnumerable<GateCheck> MelChecks(EvaluationReport report, SafeTensorsFile mels)
    {
        var samples = report.Samples.Where(sample => sample.Signals.Count > 0).Select(sample => (
            Generated: Mel(sample, "generated"), Original: Mel(sample, sample.Kind == SampleKind.Conversion ? "source" : "target"))).ToList();
        yield return new("Generated mels", $"{samples.Count}", "≥ 1", samples.Count >= 1);
        var misshapen = samples.Count(sample => !mels[sample.Generated].Shape.SequenceEqual(mels[sample.Original].Shape));
        yield return new("Generated mels whose shape is not the recording's", $"{misshapen}", "0", misshapen == 0);
        var broken = samples.Sum(sample => NotFinite(mels.Floats(sample.Generated)));
        yield return new("Generated values that are not finite", $"{broken}", "0", broken == 0);
    }

    private static string Mel(EvaluatedSample sample, string role) => sample.Signals.Single(signal => signal.Role == role).Mel;

    private static int NotFinite(ReadOnlySpan<float> values)
    {
        var count = 0;
        foreach (var value in values) count += float.IsFinite(value) ? 0 : 1;
        return count;
    }

    private static string Format(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
