namespace Tmrvc.ArtifactStore;

/// <summary>Content that stays when a store is swept.</summary>
/// <param name="Sets">Of whole entries, by <see cref="EntrySet.Hash"/>.</param>
public sealed record KeptContent(IReadOnlySet<ContentHash> Sets, IReadOnlySet<ContentHash> Trees, IReadOnlySet<ContentHash> Objects);

/// <summary>What a sweep deleted, or would delete.</summary>
/// <param name="Files">Objects, trees and unfinished files.</param>
public sealed record SweepFigures(int Entries, int Files);

/// <summary>
/// Deletes from a local store every entry, object and tree that is not to be kept, and whatever a killed process left. Nobody else may
/// use the store meanwhile. Interrupted, it leaves a store that works; the next sweep goes on.
/// </summary>
/// <param name="freed">Counts the space.</param>
/// <param name="dryRun">Delete nothing; only count.</param>
public sealed class LocalSweep(LocalStore store, KeptContent kept, FreedSpace freed, bool dryRun)
{
    private readonly StoreListing _listing = new(store.Root);

    /// <exception cref="StorageException"/>
    public SweepFigures Run(CancellationToken cancellation)
    {
        try
        {
            var entries = _listing.Entries.Count(entry => Delete(entry, kept.Sets, DeleteFolder, cancellation));
            var files = _listing.Objects.Count(file => Delete(file, kept.Objects, DeleteFile, cancellation)) +
                _listing.Trees.Count(file => Delete(file, kept.Trees, DeleteFile, cancellation)) +
                _listing.Records.Where(file => file.Hash is null).Count(file => Delete(file, kept.Sets, DeleteFile, cancellation));
            foreach (var path in _listing.Leases.Concat(_listing.Incoming))
                DeleteFile(path);
            return new SweepFigures(entries, files);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(store.Root, cause);
        }
    }

    private static bool Delete(ListedFile listed, IReadOnlySet<ContentHash> kept, Action<string> delete, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (listed.Hash is { } hash && kept.Contains(hash))
            return false;
        delete(listed.Path);
        return true;
    }

    private void DeleteFile(string path)
    {
        freed.Take(path);
        if (!dryRun)
            File.Delete(path);
    }

    private void DeleteFolder(string path)
    {
        freed.TakeAll(path);
        if (!dryRun)
            Directory.Delete(path, recursive: true);
    }
}
