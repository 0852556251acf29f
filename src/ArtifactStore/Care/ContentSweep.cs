using System.Collections.Concurrent;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Second half of a sweep: deletes checkpoints nobody is at work on, then the indices that nothing names, then the content that no
/// remaining index names. In this order, and with each deletion conditional on nobody having touched the blob since it was listed, a
/// push that is under way always finds either its content there or its absence.
/// </summary>
internal sealed class ContentSweep(BlobInventory inventory, SharedSweepOptions options, DateTimeOffset now)
{
    private const int Parallelism = 8;

    private readonly ConcurrentDictionary<(BlobKind, ContentHash), bool> _named = [];
    private readonly ConcurrentBag<ContentHash> _unreadable = [];

    public BlobTotals Kept { get; private set; }

    public BlobTotals Deleted { get; private set; }

    public IReadOnlyList<ContentHash> Unreadable => [.. _unreadable.Order()];

    /// <param name="sets">Sets that records name.</param>
    public async Task RunAsync(IReadOnlySet<ContentHash> sets, CancellationToken cancellation)
    {
        var checkpoints = await SweepAsync(BlobKind.Lease, lease => lease.IsLeased || now - lease.Modified <= options.Grace, cancellation);
        var named = sets.Concat(checkpoints.Select(lease => lease.Set).OfType<ContentHash>()).ToHashSet();
        var indices = await SweepAsync(BlobKind.Set, index => named.Contains(index.Hash) || IsYoung(index), cancellation);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(indices, parallel, async (index, inner) => await NameContentAsync(index.Hash, inner));
        foreach (var kind in new[] { BlobKind.Pack, BlobKind.Object })
            await SweepAsync(kind, content => _named.ContainsKey((kind, content.Hash)) || IsYoung(content), cancellation);
    }

    private bool IsYoung(SharedBlob blob) => now - blob.Modified <= (options.Grace > options.LongestPush ? options.Grace : options.LongestPush);

    /// <returns>What stays.</returns>
    private async Task<List<SharedBlob>> SweepAsync(BlobKind kind, Func<SharedBlob, bool> isKept, CancellationToken cancellation)
    {
        var kept = new List<SharedBlob>();
        await foreach (var blob in inventory.ListAsync(kind, cancellation))
            if (isKept(blob) || !(options.DryRun || await inventory.DeleteAsync(blob, cancellation)))
            {
                kept.Add(blob);
                Kept += blob;
            }
            else
                Deleted += blob;
        return kept;
    }

    private async Task NameContentAsync(ContentHash index, CancellationToken cancellation)
    {
        if (await inventory.ContentOfAsync(index, cancellation) is { } content)
            foreach (var blob in content)
                _named[blob] = true;
        else
            _unreadable.Add(index);
    }
}
