using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>A stage did not come to its outputs; its reason has been shown when that happened.</summary>
public sealed class StageFailedException(StageOutcome outcome) : Exception($"{outcome.Stage} {outcome.State.ToString().ToLowerInvariant()}");
