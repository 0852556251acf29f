namespace Tmrvc.ArtifactStore;

/// <param name="Bytes">Where they belong so far, what was there already included.</param>
/// <param name="Total">Of the whole set.</param>
/// <param name="Travelled">Bytes of content that were moved so far.</param>
public readonly record struct TransferProgress(long Bytes, long Total, long Travelled);
