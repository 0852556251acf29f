using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>A stage did not come to its outputs. What went wrong while it ran has been shown when that happened.</summary>
public sealed class StageFailedException(StageOutcome outcome) : Exception($"{outcome.Stage} {outcome.State.ToString().ToLowerInvariant()}")
{
    public StageOutcome Outcome { get; } = outcome;
}
