namespace Tmrvc.Training;

/// <summary>What a run is beside its tensors. Everything random follows from the seed and the step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="BestLoss">Lowest validation loss so far; null before the first validation.</param>
/// <param name="BestStep">Where that was.</param>
public sealed record CheckpointState(long Step, double? BestLoss, long BestStep);

/// <summary>A verified checkpoint on disk.</summary>
/// <param name="Folder">Holds state.json, SHA256SUMS, the tensor files and the metrics so far.</param>
public sealed record Checkpoint(string Folder, CheckpointState State);
