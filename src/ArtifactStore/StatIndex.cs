using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Remembers which content a file had under which stamp, so that an unchanged file is not read again (guarantee 3). A wrong or lost
/// index costs time, never correctness: it is replaced as a whole by rename, checked by a checksum, and counts as empty otherwise.
/// Safe for several threads and several processes.
/// </summary>
public sealed class StatIndex
{
    private readonly string _path;
    private readonly ConcurrentDictionary<string, HashedFolder> _updates = new();
    private StatIndexSnapshot _snapshot;

    /// <param name="path">The index file; it need not exist.</param>
    public StatIndex(string path)
    {
        _path = path;
        _snapshot = Load();
    }

    internal IndexedFolder Find(string folder) =>
        _updates.TryGetValue(folder, out var update) ? update.AsIndexed() : _snapshot.Find(folder);

    internal void Update(string folder, Func<HashedFolder, HashedFolder> change) => _updates.AddOrUpdate(
        folder,
        path => change(Copy(_snapshot.Find(path))),
        (_, current) => change(current));

    /// <summary>Writes what was learnt, joined with what other processes wrote meanwhile. Does nothing when nothing was learnt.</summary>
    /// <exception cref="StorageException">The index cannot be written.</exception>
    public void Save()
    {
        if (_updates.IsEmpty)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var turn = Lease.Take(_path + ".lock");
        _snapshot = Load();
        AtomicFile.Replace(_path, StatIndexSnapshot.Assemble(Joined()), flush: false);
        _snapshot = Load();
        _updates.Clear();
    }

    private Dictionary<string, HashedFolder> Joined()
    {
        var folders = _snapshot.Folders.Where(Directory.Exists)
            .ToDictionary(folder => folder, folder => Copy(_snapshot.Find(folder)));
        foreach (var (folder, update) in _updates)
            folders[folder] = update;
        return folders;
    }

    private static HashedFolder Copy(IndexedFolder folder) => new(folder.Names.ToArray(), folder.Files.ToArray());

    private StatIndexSnapshot Load()
    {
        try
        {
            return StatIndexSnapshot.Parse(File.ReadAllBytes(_path));
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            return StatIndexSnapshot.Empty;
        }
    }
}
