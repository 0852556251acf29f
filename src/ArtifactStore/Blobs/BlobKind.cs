namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What a blob is; each kind has its folder below <c>v1/</c>.</summary>
public enum BlobKind
{
    /// <summary>By key: what a stage's record says. Metadata <c>set</c> names its outputs.</summary>
    Record,

    /// <summary>By the hash of an <see cref="EntrySet"/>: where its content lies.</summary>
    Set,

    /// <summary>By the hashes of its objects: small files, one after the other.</summary>
    Pack,

    /// <summary>By the SHA-256 of its content: a large file.</summary>
    Object,

    /// <summary>By key: who works on it, and the latest checkpoint.</summary>
    Lease,
}
