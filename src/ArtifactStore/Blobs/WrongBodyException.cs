namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What arrived is not what was asked for: damaged on its way, or at rest when it keeps coming.</summary>
internal sealed class WrongBodyException(string message) : Exception(message);
