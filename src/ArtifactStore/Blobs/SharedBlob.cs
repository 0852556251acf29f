namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>A blob as the server lists it.</summary>
/// <param name="Hash">What its name ends in; of a record or lease, the key.</param>
/// <param name="Modified">By the server's clock: written, or looked for by a push.</param>
/// <param name="Tag">Of the version listed: what was changed since is not deleted.</param>
/// <param name="Set">The set that a record or checkpoint names.</param>
/// <param name="Condemned">By the server's clock, when a record was found to be named by nothing; null when it was not.</param>
/// <param name="IsLeased">Whether a machine holds a lease on it now.</param>
public sealed record SharedBlob(
    BlobKind Kind, ContentHash Hash, long Bytes, DateTimeOffset Modified, string Tag, ContentHash? Set, DateTimeOffset? Condemned, bool IsLeased);

/// <summary>Something that a set needs and that is missing, or not what its name says.</summary>
/// <param name="Words">For people: what is the matter.</param>
public sealed record SharedFault(BlobKind Kind, ContentHash Hash, string Words);
