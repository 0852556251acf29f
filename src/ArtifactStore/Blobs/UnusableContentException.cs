namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>A blob that a set needs is missing, or does not hold what its name says.</summary>
internal sealed class UnusableContentException(BlobKind kind, ContentHash hash, string fault) : Exception($"{kind} {hash.Short} {fault}")
{
    public BlobKind Kind => kind;

    public ContentHash Hash => hash;

    /// <summary>There is no such blob.</summary>
    public bool IsAbsence => fault == Absent;

    public const string Absent = "is missing";
}
