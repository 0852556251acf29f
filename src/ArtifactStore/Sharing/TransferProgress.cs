namespace Tmrvc.ArtifactStore;

/// <param name="Bytes">Moved so far, what was there already included.</param>
/// <param name="Total">Of the whole set.</param>
public readonly record struct TransferProgress(long Bytes, long Total);
