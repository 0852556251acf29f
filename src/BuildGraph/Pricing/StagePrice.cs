namespace Tmrvc.BuildGraph;

/// <summary>What a stage is expected to take where nothing is recorded of it, and what an hour of it costs. Never part of a key.</summary>
/// <param name="Machine">For people; empty when it does not matter.</param>
/// <param name="Rate">US dollars per hour; 0 when free.</param>
/// <param name="Hours">Wall clock; null when unknown.</param>
public sealed record StagePrice(string Machine, double Rate, Estimate? Hours)
{
    /// <summary>Free, and what the stage itself says.</summary>
    public static StagePrice Of(Stage stage) => new("", 0, stage.Resources.ExpectedHours is { } hours ? Estimate.Exactly(hours) : null);
}
