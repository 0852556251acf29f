namespace Tmrvc.ArtifactStore;

/// <summary>
/// The artifacts of this machine. Content goes in as a finished folder and comes out as a read-only one at a path that names its
/// content: <c>entries/&lt;hash&gt;/</c>, hard-linked with <c>objects/</c>. A remote store, when there is one, fills objects, trees and
/// records from elsewhere; nothing here changes for it.
/// </summary>
public sealed class LocalStore
{
    private static readonly Dictionary<string, KnownFile> NothingKnown = [];

    private readonly string _root;
    private readonly ContentHasher _hasher;
    private readonly TimeProvider _clock;

    /// <param name="root">Absolute; need not exist.</param>
    public LocalStore(string root, TimeProvider clock)
    {
        (_root, _clock) = (root, clock);
        Index = new StatIndex(Path.Combine(root, "stat.index"));
        _hasher = new ContentHasher(Index, clock);
        Objects = new ObjectStore(Path.Combine(root, "objects"));
        Trees = new TreeStore(Path.Combine(root, "trees"));
        Records = new RecordFiles(Path.Combine(root, "records"));
    }

    /// <summary>Absolute path of its folder.</summary>
    public string Root => _root;

    public StatIndex Index { get; }

    public ContentHasher Hasher => _hasher;

    public ObjectStore Objects { get; }

    public TreeStore Trees { get; }

    public RecordFiles Records { get; }

    public string FolderOf(EntrySet set) => Path.Combine(_root, "entries", set.Hash.ToString());

    /// <summary>Keeps the store from being cleaned up while it is used; waits for a clean-up that is under way.</summary>
    /// <param name="waiting">Called once, when there is one.</param>
    /// <exception cref="OperationCanceledException"/>
    public Task<StoreUse> UseAsync(Action waiting, TimeProvider clock, CancellationToken cancellation) =>
        StoreUse.ShareAsync(UsePath, waiting, clock, cancellation);

    /// <summary>Keeps everybody else away, to clean up.</summary>
    /// <returns>Null while a build uses the store.</returns>
    /// <exception cref="StorageException"/>
    public StoreUse? TryUseAlone() => StoreUse.TryAlone(UsePath);

    private string UsePath => Path.Combine(_root, "in-use");

    public string LeasePath(ContentHash key) => Path.Combine(_root, "leases", key.ToString());

    /// <summary>Where a large object or tree is put together while it arrives.</summary>
    internal string IncomingPath(ContentHash hash) => Path.Combine(_root, "incoming", hash.ToString());

    /// <summary>Puts on the device what objects and trees were given: a record may vouch for it afterwards.</summary>
    /// <exception cref="StorageException"/>
    internal void Flush(IReadOnlyCollection<string> files)
    {
        if (files.Count > 0)
            Durability.Flush(files, _root);
    }

    /// <summary>
    /// Takes in everything under a private folder: checks it, seals and hashes it, moves it to where its content belongs. After this
    /// returns the content survives a power cut; before, nothing of it can be taken for done.
    /// </summary>
    /// <param name="folder">On the same file system as the store; gone afterwards.</param>
    /// <param name="known">Content of files that were linked into the folder from ones among <see cref="Objects"/>, by absolute path.</param>
    /// <exception cref="StorageException">Links, special files, bad names; or the device fails.</exception>
    public EntrySet Publish(string folder, IReadOnlyDictionary<string, KnownFile>? known = null)
    {
        try
        {
            var contents = FinishedFolder.Seal(folder, known ?? NothingKnown);
            var set = Intake.Take(contents, Objects, Trees);
            Durability.Flush([.. contents.Files.Select(file => file.Path)], folder);
            MoveIntoPlace(folder, set);
            return set;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(_root, cause);
        }
    }

    /// <summary>Whether the set is in place with the recorded content: by seals, and where one is broken by reading.</summary>
    public bool IsInPlace(EntrySet set) => set.Entries.All(entry => IsInPlace(entry, Path.Combine(FolderOf(set), entry.Name)));

    private bool IsInPlace(StoredEntry entry, string path) => entry.Kind == EntryKind.File
        ? Seal.IsIntact(path, entry.Bytes) || _hasher.HashOf(path) == entry.Hash
        : (Trees.ManifestOf(entry.Hash) is { } manifest && SealedFolder.Holds(path, manifest, _clock.GetUtcNow()))
            || _hasher.TreeOf(path, Glob.Everything)?.Hash == entry.Hash;

    /// <summary>Puts a set in place from objects and trees, each verified, unless another has just done so.</summary>
    /// <returns>False when something is missing or was damaged; all that was damaged is dropped then.</returns>
    /// <exception cref="StorageException"/>
    public bool TryRestore(EntrySet set)
    {
        using var turn = Lease.Take(LeasePath(set.Hash));
        if (IsInPlace(set))
            return true;
        var folder = FolderOf(set) + ".restoring";
        DeleteFolder(folder);
        Directory.CreateDirectory(folder);
        try
        {
            var complete = set.Entries.Count(entry => !Restoration.TryPlace(entry, Path.Combine(folder, entry.Name), Objects, Trees)) == 0;
            if (complete)
                Place(folder, set);
            return complete;
        }
        finally
        {
            DeleteFolder(folder);
        }
    }

    /// <summary>Whether every object and tree of a set is at hand; contents are not read.</summary>
    public bool CanRestore(EntrySet set) => set.Entries.All(entry => Restoration.IsAtHand(entry, Objects, Trees));

    private void MoveIntoPlace(string folder, EntrySet set)
    {
        using var turn = Lease.Take(LeasePath(set.Hash));
        if (Directory.Exists(FolderOf(set)) && IsInPlace(set))
            DeleteFolder(folder);
        else
            Place(folder, set);
    }

    private void Place(string folder, EntrySet set)
    {
        var place = FolderOf(set);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        DeleteFolder(place);
        Directory.Move(folder, place);
        Durability.FlushFolder(Path.GetDirectoryName(place)!);
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
