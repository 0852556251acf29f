using System.Text;

namespace Tmrvc.ArtifactStore;

public enum EntryKind
{
    File,
    Folder,
}

/// <summary>A named file or folder of the store.</summary>
/// <param name="Hash">Of a file, that of its bytes; of a folder, that of its tree.</param>
/// <param name="Files">1 for a file.</param>
public sealed record StoredEntry(string Name, EntryKind Kind, ContentHash Hash, long Bytes, int Files);

/// <summary>What one piece of work left behind, sorted by name (ordinal).</summary>
public sealed class EntrySet
{
    /// <exception cref="FormatException">
    /// A name is there twice, or leads out of the folder that it would be put in; or sizes are negative or more than a number holds.
    /// </exception>
    public EntrySet(IEnumerable<StoredEntry> entries)
    {
        Entries = [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        for (var index = 0; index < Entries.Count; index++)
            if (!EntryPath.IsInside(Entries[index].Name) || Entries[index].Name.Contains('/') ||
                (index > 0 && Entries[index].Name == Entries[index - 1].Name))
                throw new FormatException($"Entry '{Entries[index].Name}': a plain name that no other has is allowed.");
        if (Entries.Any(entry => entry.Bytes < 0 || entry.Files < 0) ||
            Entries.Aggregate(UInt128.Zero, (sum, entry) => sum + (ulong)entry.Bytes) > long.MaxValue)
            throw new FormatException("Entries: their sizes are negative, or add up to more than any device holds.");
        Hash = ContentHash.Of(Encoding.UTF8.GetBytes("entries 1\n" + string.Concat(Entries.Select(Line))));
    }

    public IReadOnlyList<StoredEntry> Entries { get; }

    /// <summary>SHA-256 over kinds, hashes and names.</summary>
    public ContentHash Hash { get; }

    public long Bytes => Entries.Sum(entry => entry.Bytes);

    private static string Line(StoredEntry entry) =>
        $"{(entry.Kind == EntryKind.File ? "file" : "folder")} {entry.Hash} {entry.Name}\n";
}
