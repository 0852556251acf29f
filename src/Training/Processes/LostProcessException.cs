using Tmrvc.BuildGraph;

namespace Tmrvc.Training;

/// <summary>Thrown in a process whose training was left by another one; which one and why, that one knows.</summary>
public sealed class LostProcessException(RankPlace place, Exception cause) : Exception(
    $"Rank {place.Rank} of {place.Size}: another process of this training is gone, or did not answer in time ({cause.Message})", cause);
