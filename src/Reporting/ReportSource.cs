using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting;

/// <summary>An artifact that the report tells of; the closed set of nested records says how it is read.</summary>
public abstract record ReportSource(StageId Stage, string OutputName)
{
    /// <summary>How the report's code asks for it.</summary>
    internal string InputName => $"{GetType().Name}{Stage}".ToLowerInvariant();

    /// <summary>A training stage's <c>metrics.jsonl</c>: one object per line with <c>step</c> and any numbers.</summary>
    public sealed record Metrics(StageId Stage, string OutputName = "metrics.jsonl") : ReportSource(Stage, OutputName);

    /// <summary>A folder with <c>evaluation.json</c>, <c>mels.safetensors</c> and encoded sounds.</summary>
    public sealed record Evaluation(StageId Stage, string OutputName = "evaluation") : ReportSource(Stage, OutputName);

    /// <summary>A gate's verdict, passed or not.</summary>
    public sealed record Verdict(StageId Stage, string OutputName = "verdict.json") : ReportSource(Stage, OutputName);

    /// <summary>Rejected items as lines of <c>{"id", "reason"}</c>.</summary>
    public sealed record Quarantine(StageId Stage, string OutputName = "quarantine.jsonl") : ReportSource(Stage, OutputName);
}
