using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Results of the items of one stage under one set of surroundings (settings, version, other inputs): a folder per accepted item and
/// one journal for all, so that hundreds of thousands of items need one file to be read. One process at a time, several threads.
/// </summary>
internal sealed class ItemCache : IDisposable
{
    public const string JournalName = "journal";

    private readonly string _folder;
    private readonly Dictionary<ContentHash, ItemEntry> _entries;
    private readonly ItemJournal _journal;
    private readonly Lock _turn = new();

    public ItemCache(string folder)
    {
        _folder = Folders.Create(folder);
        (_entries, _journal) = ItemJournal.Open(Path.Combine(folder, JournalName));
    }

    /// <returns>Null when the item has no result, or its files are not as they were.</returns>
    public ItemResult? Find(ContentHash key, string id)
    {
        ItemEntry? entry;
        lock (_turn)
            entry = _entries.GetValueOrDefault(key);
        return entry switch
        {
            null => null,
            { Rejection: { } reason } => new ItemResult(id, null, reason),
            _ => entry == Measure(key) ? new ItemResult(id, PathOf(key), null) : null,
        };
    }

    /// <summary>Takes over the item's finished folder.</summary>
    /// <exception cref="StorageException"/>
    public ItemResult Accept(ContentHash key, string id, string folder)
    {
        var files = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories);
        foreach (var file in files)
            Seal.Set(file.FullName);
        var place = PathOf(key);
        Folders.Delete(place);
        Folders.Create(Path.GetDirectoryName(place)!);
        Directory.Move(folder, place);
        Add(key, new ItemEntry(files.Length, files.Sum(file => file.Length), null));
        return new ItemResult(id, place, null);
    }

    public ItemResult Reject(ContentHash key, string id, string reason)
    {
        Add(key, new ItemEntry(0, 0, reason));
        return new ItemResult(id, null, reason);
    }

    public void Dispose() => _journal.Dispose();

    private void Add(ContentHash key, ItemEntry entry)
    {
        lock (_turn)
        {
            _entries[key] = entry;
            _journal.Append(key, entry);
        }
    }

    /// <summary>What lies there, as far as its seals are intact.</summary>
    private ItemEntry? Measure(ContentHash key)
    {
        var folder = new DirectoryInfo(PathOf(key));
        if (!folder.Exists)
            return null;
        var files = folder.GetFiles("*", SearchOption.AllDirectories);
        return files.All(file => Seal.IsIntact(file.FullName, file.Length))
            ? new ItemEntry(files.Length, files.Sum(file => file.Length), null)
            : null;
    }

    private string PathOf(ContentHash key)
    {
        var text = key.ToString();
        return Path.Combine(_folder, text[..2], text[2..]);
    }
}

/// <summary>What an item came to.</summary>
/// <param name="Files">Number of its result files.</param>
/// <param name="Rejection">Null when accepted.</param>
internal sealed record ItemEntry(int Files, long Bytes, string? Rejection);
