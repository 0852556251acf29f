using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>
/// A stage did not come to its outputs. What went wrong while it ran has been shown when that happened; why it could not run at all is
/// told here.
/// </summary>
public sealed class StageFailedException(StageOutcome outcome) : Exception(
    $"{outcome.Stage} {outcome.State.ToString().ToLowerInvariant()}{(outcome.State == StageState.Blocked ? $": {outcome.Reason}" : "")}");
