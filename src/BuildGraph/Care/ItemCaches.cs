using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>The folders with results of per-item stages: <c>&lt;Stage&gt;/&lt;key of what its items have in common&gt;/</c>.</summary>
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

    private string[] All() => Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).SelectMany(Directory.GetDirectories)] : [];

    private static bool IsKept(string cache, IReadOnlySet<ContentHash> kept, DateTimeOffset limit) =>
        (ContentHash.TryParse(Path.GetFileName(cache), out var common) && kept.Contains(common)) ||
        File.GetLastWriteTimeUtc(Path.Combine(cache, ItemCache.JournalName)) >= limit.UtcDateTime;
}
