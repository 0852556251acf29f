using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Reads every object, tree and entry of a local store, whatever seals and index say, and drops what is not what its name says. Where
/// an entry still holds what an object lost, the object is made from it again.
/// </summary>
/// <param name="contents">What has been read already, and is not read again.</param>
public sealed class LocalInspection(LocalStore store, ReadContents contents)
{
    private readonly StoreListing _listing = new(store.Root);
    private readonly ConcurrentBag<Damage> _damages = [];

    /// <exception cref="StorageException"/>
    public IReadOnlyList<Damage> Run(CancellationToken cancellation)
    {
        var options = new ParallelOptions { CancellationToken = cancellation };
        Parallel.ForEach(_listing.Objects.Where(file => file.Hash is not null), options, CheckObject);
        Parallel.ForEach(_listing.Trees.Where(file => file.Hash is not null), options, CheckTree);
        foreach (var entry in _listing.Entries.Where(entry => entry.Hash is not null))
            CheckEntry(entry, options);
        return [.. _damages.OrderBy(damage => damage.Path, StringComparer.Ordinal)];
    }

    private void CheckObject(ListedFile file)
    {
        if (Differing(file) is not { } found)
            return;
        _damages.Add(new Damage.Object(file.Hash!.Value, Named(file.Path), found));
        File.Delete(file.Path);
    }

    private void CheckTree(ListedFile file)
    {
        if (Differing(file) is not { } found)
            return;
        _damages.Add(new Damage.Tree(file.Hash!.Value, Named(file.Path), found));
        File.Delete(file.Path);
    }

    /// <returns>What the bytes are; null when they are as they should be, or gone meanwhile.</returns>
    private ContentHash? Differing(ListedFile file)
    {
        try
        {
            return contents.HashOf(file.Path) is var found && found != file.Hash ? found : null;
        }
        catch (StorageException) when (!File.Exists(file.Path))
        {
            return null;
        }
    }

    private void CheckEntry(ListedFile entry, ParallelOptions options)
    {
        using var turn = Lease.Take(store.LeasePath(entry.Hash!.Value));
        if (!Directory.Exists(entry.Path))
            return;
        var files = new ConcurrentBag<TreeFile>();
        Parallel.ForEach(Directory.EnumerateFiles(entry.Path, "*", SearchOption.AllDirectories), options, path =>
            files.Add(new TreeFile(Path.GetRelativePath(entry.Path, path).Replace('\\', '/'), contents.HashOf(path), new FileInfo(path).Length)));
        var set = Intake.Group([.. files], Directory.EnumerateDirectories(entry.Path).Select(path => Path.GetFileName(path)), out var trees);
        if (set.Hash == entry.Hash)
            Complete(entry.Path, files, trees);
        else
            Drop(entry, set.Hash, [.. files]);
    }

    private void Drop(ListedFile entry, ContentHash found, TreeFile[] files)
    {
        _damages.Add(new Damage.Entry(entry.Hash!.Value, Named(entry.Path), found, files));
        Directory.Delete(entry.Path, recursive: true);
    }

    /// <summary>A good entry gives back what objects and trees have lost.</summary>
    private void Complete(string folder, IEnumerable<TreeFile> files, IEnumerable<FileTree> trees)
    {
        foreach (var tree in trees)
            store.Trees.Add(tree);
        foreach (var file in files.Where(file => !File.Exists(store.Objects.PathOf(file.Hash))))
        {
            var path = Path.Combine(folder, file.Path.Replace('/', Path.DirectorySeparatorChar));
            Seal.Set(path);
            store.Objects.Add(path, file.Hash, file.Size);
        }
    }

    private string Named(string path) => Path.GetRelativePath(store.Root, path).Replace('\\', '/');
}
