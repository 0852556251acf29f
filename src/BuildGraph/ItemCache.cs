using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Results of the items of one stage under one set of surroundings (settings, version, other inputs): sealed files beside one another
/// and one journal for all, so that hundreds of thousands of items need one file to be read. What a file holds is known by its hash
/// from then on. One process at a time, several threads.
/// </summary>
internal sealed class ItemCache : IDisposable
{
    public const string JournalName = "journal";

    private readonly string _folder;
    private readonly ItemJournal _journal;

    public ItemCache(string folder)
    {
        _folder = Folders.Create(folder);
        _journal = new ItemJournal(Path.Combine(folder, JournalName));
    }

    /// <returns>Null when the item has no result, or its files are not as they were.</returns>
    public ItemResult? Find(ContentHash key, string id)
    {
        if (_journal.Find(key) is not { } entry)
            return null;
        var result = Result(key, id, entry);
        return result.Files.All(file => Seal.IsIntact(file.Path, file.Size)) ? result : null;
    }

    /// <summary>Takes over the item's finished folder.</summary>
    /// <exception cref="StorageException"/>
    /// <exception cref="InvalidOperationException">The folder holds something else than files.</exception>
    public ItemResult Accept(ContentHash key, string id, string folder, string? note)
    {
        Folders.Create(Path.GetDirectoryName(PathOf(key, ""))!);
        var found = new DirectoryInfo(folder).GetFileSystemInfos();
        if (Array.Find(found, info => info is not FileInfo) is { } other)
            throw new InvalidOperationException($"result '{other.Name}' is a folder; only files are kept.");
        var files = found.Cast<FileInfo>().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => Take(key, file));
        var entry = new ItemEntry(null, note, [.. files]);
        Folders.Delete(folder);
        _journal.Append(key, entry);
        return Result(key, id, entry);
    }

    public ItemResult Reject(ContentHash key, string id, string reason)
    {
        var entry = new ItemEntry(reason, null, []);
        _journal.Append(key, entry);
        return Result(key, id, entry);
    }

    /// <summary>Every file that an entry names, with its path.</summary>
    public IEnumerable<(string Path, KeptFile File)> Files() =>
        _journal.All().SelectMany(item => item.Entry.Files.Select(file => (PathOf(item.Key, file.Name), file)));

    public void Dispose() => _journal.Dispose();

    private KeptFile Take(ContentHash key, FileInfo file)
    {
        Seal.Set(file.FullName);
        var kept = new KeptFile(file.Name, FileHash.Compute(file.FullName), file.Length);
        File.Move(file.FullName, PathOf(key, kept.Name), overwrite: true);
        return kept;
    }

    private ItemResult Result(ContentHash key, string id, ItemEntry entry) =>
        new(id, [.. entry.Files.Select(file => new ItemFile(file.Name, PathOf(key, file.Name), file.Size) { Hash = file.Hash })], entry.Rejection)
        {
            Note = entry.Note,
            Key = key,
        };

    private string PathOf(ContentHash key, string file)
    {
        var text = key.ToString();
        return Path.Combine(_folder, text[..2], $"{text[2..]}-{file}");
    }
}

/// <summary>What an item came to.</summary>
/// <param name="Rejection">Null when accepted.</param>
/// <param name="Note">What the stage wrote down about it.</param>
internal sealed record ItemEntry(string? Rejection, string? Note, IReadOnlyList<KeptFile> Files);

/// <param name="Name">Within the item's result.</param>
internal readonly record struct KeptFile(string Name, ContentHash Hash, long Size);
