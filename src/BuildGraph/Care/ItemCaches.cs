using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Cleans up and verifies the folders with results of per-item stages: <c>&lt;Stage&gt;/&lt;key of what its items have in common&gt;/</c>.</summary>
/// <param name="folder">Of all stages.</param>
internal sealed class ItemCaches(string folder)
{
    /// <summary>Deletes those that no kept result came from and that got no result since <paramref name="limit"/>.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="StorageException"/>
    public int Collect(IReadOnlySet<ContentHash> kept, DateTimeOffset limit, FreedSpace freed, bool dryRun)
    {
        var count = 0;
        foreach (var cache in All())
            if (!IsKept(cache, kept, limit))
            {
                count++;
                freed.TakeAll(cache);
                if (!dryRun)
                    Folders.Delete(cache);
            }
        return count;
    }

    /// <summary>Reads every result of an item and drops what is not what was kept; then the item is made again when it is needed.</summary>
    /// <param name="tell">Receives a line for each thing that was damaged.</param>
    /// <returns>How many were damaged.</returns>
    /// <exception cref="StorageException"/>
    public int Verify(LocalStore store, ReadContents contents, Action<string> tell, CancellationToken cancellation)
    {
        var damaged = 0;
        foreach (var folder in All().Where(folder => ContentHash.TryParse(Path.GetFileName(folder), out _)))
            using (var lease = Lease.TryTake(store.LeasePath(ContentHash.Parse(Path.GetFileName(folder)))))
                if (lease is not null)
                    damaged += Verify(folder, contents, tell, cancellation);
        return damaged;
    }

    private static int Verify(string folder, ReadContents contents, Action<string> tell, CancellationToken cancellation)
    {
        using var cache = new ItemCache(folder);
        var damaged = cache.Files().AsParallel().WithCancellation(cancellation)
            .Where(item => File.Exists(item.Path) && contents.HashOf(item.Path) != item.File.Hash).ToArray();
        foreach (var (path, file) in damaged)
        {
            File.Delete(path);
            tell($"result {file.Name} of an item of {Path.GetFileName(Path.GetDirectoryName(folder))}: damaged and dropped; it is made again when it is needed");
        }
        return damaged.Length;
    }

    private string[] All() => Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).SelectMany(Directory.GetDirectories)] : [];

    private static bool IsKept(string cache, IReadOnlySet<ContentHash> kept, DateTimeOffset limit) =>
        (ContentHash.TryParse(Path.GetFileName(cache), out var common) && kept.Contains(common)) ||
        File.GetLastWriteTimeUtc(Path.Combine(cache, ItemCache.JournalName)) >= limit.UtcDateTime;
}
