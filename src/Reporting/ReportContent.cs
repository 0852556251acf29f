namespace Tmrvc.Reporting;

/// <summary>The deterministic part of the report: what the artifacts say, without times and without the run that made them.</summary>
public sealed record ReportContent
{
    public required IReadOnlyList<TrainingCurves> Training { get; init; }
    public required IReadOnlyList<EvaluationContent> Evaluations { get; init; }
    public required IReadOnlyList<GateContent> Gates { get; init; }
    public required IReadOnlyList<QuarantinedItem> Quarantine { get; init; }

    /// <summary>Encoded sounds as their files hold them, each once, by the start of their SHA-256.</summary>
    public required IReadOnlyDictionary<string, byte[]> Sounds { get; init; }
}

/// <param name="Stage">The training stage.</param>
/// <param name="Steps">Steps the stage recorded.</param>
public sealed record TrainingCurves(string Stage, long Steps, IReadOnlyList<Curve> Curves);

/// <summary>One metric over the steps at which it was recorded, thinned to what a screen can show.</summary>
/// <param name="Name">The metric, such as <c>loss</c>, without the mark of validation.</param>
/// <param name="Steps">Ascending.</param>
/// <param name="Values">As recorded; null where not finite.</param>
/// <param name="Smoothed">Bias-corrected exponential average over all recorded values, at the same steps.</param>
public sealed record Curve(string Name, bool IsValidation, IReadOnlyList<long> Steps, IReadOnlyList<double?> Values, IReadOnlyList<double?> Smoothed);

/// <param name="Found">The measured value, formatted.</param>
/// <param name="Allowed">The bar, formatted.</param>
public sealed record CheckContent(string Name, string Found, string Allowed, bool Passed);

public sealed record GateContent(string Stage, bool Passed, IReadOnlyList<CheckContent> Checks);

/// <param name="Stage">The stage that rejected it.</param>
/// <param name="Id">The item, by its path.</param>
public sealed record QuarantinedItem(string Stage, string Id, string Reason);
