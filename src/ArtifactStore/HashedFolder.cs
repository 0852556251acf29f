namespace Tmrvc.ArtifactStore;

/// <summary>A folder's files with the hashes they had under their stamps, sorted by the bytes of their names.</summary>
internal sealed record HashedFolder(byte[] Names, IndexedFile[] Files)
{
    public IndexedFolder AsIndexed() => new(Names, Files);

    /// <summary>The same with one file added or replaced.</summary>
    public HashedFolder With(byte[] name, FileStamp stamp, ContentHash hash)
    {
        var place = AsIndexed().PlaceOf(name, out var found);
        var file = new IndexedFile(Names.Length, name.Length, stamp, hash);
        return new HashedFolder([.. Names, .. name], [.. Files[..place], file, .. Files[(place + (found ? 1 : 0))..]]);
    }
}
