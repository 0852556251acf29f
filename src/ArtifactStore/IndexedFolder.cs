namespace Tmrvc.ArtifactStore;

/// <summary>A file whose content was hashed while it had this stamp; its name is a range of its folder's names.</summary>
internal record struct IndexedFile(int NameOffset, int NameLength, FileStamp Stamp, ContentHash Hash);

/// <summary>The files of one folder, in the order of <see cref="FolderScan"/>.</summary>
internal readonly ref struct IndexedFolder(ReadOnlySpan<byte> names, ReadOnlySpan<IndexedFile> files)
{
    public ReadOnlySpan<byte> Names { get; } = names;

    public ReadOnlySpan<IndexedFile> Files { get; } = files;

    public ReadOnlySpan<byte> Name(int index) => Names.Slice(Files[index].NameOffset, Files[index].NameLength);

    /// <summary>Where a name is, or would be.</summary>
    public int PlaceOf(ReadOnlySpan<byte> name, out bool found)
    {
        var (low, high) = (0, Files.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Name(middle).SequenceCompareTo(name) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        found = low < Files.Length && Name(low).SequenceEqual(name);
        return low;
    }

    /// <returns>Null when the file is not known under this stamp.</returns>
    public ContentHash? HashOf(ReadOnlySpan<byte> name, FileStamp stamp)
    {
        var place = PlaceOf(name, out var found);
        return found && Files[place].Stamp == stamp ? Files[place].Hash : null;
    }
}
