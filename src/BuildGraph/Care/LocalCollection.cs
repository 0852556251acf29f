using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What a clean-up of a store keeps besides what lock files name.</summary>
/// <param name="Grace">Age up to which nothing is deleted.</param>
/// <param name="DryRun">Delete nothing; only tell.</param>
public sealed record CollectionOptions(TimeSpan Grace, bool DryRun)
{
    /// <summary>As <see cref="SharedSweepOptions.Delay"/>; a store of this machine is cleaned up while nobody uses it, and needs none.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Something that a clean-up deleted, or would delete.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Bytes">Size of its outputs; content that others share stays.</param>
/// <param name="Used">When it was last made, restored or found fresh.</param>
public sealed record CollectedResult(string Stage, ContentHash Key, long Bytes, DateTimeOffset Used);

/// <param name="Kept">Number of results that stay.</param>
/// <param name="KeptBytes">Size of their outputs; content that several have is counted for each.</param>
/// <param name="ItemCaches">Deleted stores of per-item results.</param>
/// <param name="FreedBytes">Space on the device.</param>
public sealed record CollectionFigures(
    int Kept, long KeptBytes, IReadOnlyList<CollectedResult> Deleted, int ItemCaches, SweepFigures Swept, long FreedBytes);

/// <summary>
/// Cleans up the store of this checkout: results that no lock file names and nobody used within the grace period go, and with them
/// all content that nothing else needs. Builds wait meanwhile.
/// </summary>
public sealed class LocalCollection(EngineOptions options)
{
    private readonly Workshop _shop = new(options);

    /// <exception cref="StorageException">A build is using the store, or it cannot be written.</exception>
    public CollectionFigures Run(LockedKeys locked, CollectionOptions how, CancellationToken cancellation)
    {
        using var alone = how.DryRun ? null : _shop.Store.TryUseAlone() ?? throw new StorageException(
            $"{_shop.Store.Root}: a build is using it. Run CacheGc again when it has ended.");
        var limit = options.Clock.GetUtcNow() - how.Grace;
        var kept = new KeptResults(_shop.Store.Trees);
        var deleted = new List<CollectedResult>();
        foreach (var stored in _shop.Records.All())
            if (stored.Record is { } record && (locked.Keys.Contains(stored.Key) || stored.Used >= limit))
                kept.Add(record);
            else
                Delete(stored, deleted, how);
        var freed = new FreedSpace();
        var items = new ItemCaches(_shop.Items).Collect(kept.ItemCaches, limit, freed, how.DryRun);
        var swept = new LocalSweep(_shop.Store, kept.Content, freed, how.DryRun).Run(cancellation);
        return new CollectionFigures(kept.Count, kept.Bytes, deleted, items, swept, freed.Bytes);
    }

    private void Delete(StoredRecord stored, List<CollectedResult> deleted, CollectionOptions how)
    {
        var set = new EntrySet(stored.Record?.Outputs ?? []);
        deleted.Add(new CollectedResult(stored.Record?.Stage ?? "(a record that cannot be read)", stored.Key, set.Bytes, stored.Used));
        if (!how.DryRun)
            _shop.Records.Drop(stored.Key);
    }
}
