using System.Text.Json;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.BuildGraph;

/// <summary>A record of a shared store that a clean-up condemned or deleted, or would.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Bytes">Size of its outputs; content that others share stays.</param>
/// <param name="Modified">When it was written, rescued, or condemned.</param>
public sealed record CondemnedResult(string Stage, ContentHash Key, long Bytes, RecordFate Fate, DateTimeOffset Modified);

/// <summary>Cleans up a shared store: what no lock file names and nobody used within the grace period is condemned, and deleted later.</summary>
public sealed class SharedCollection(BlobStore store)
{
    private readonly BlobInventory _inventory = store.Inventory;

    /// <exception cref="SharedStoreException"/>
    /// <exception cref="OperationCanceledException"/>
    public async Task<(SharedSweepFigures Figures, IReadOnlyList<CondemnedResult> Results)> RunAsync(
        LockedKeys locked, CollectionOptions how, CancellationToken cancellation)
    {
        var results = new List<CondemnedResult>();
        var options = new SharedSweepOptions(locked.Keys, how.Grace, how.Delay) { DryRun = how.DryRun };
        var figures = await new SharedSweep(_inventory, options).RunAsync(async (record, fate) =>
        {
            if (fate is RecordFate.Condemned or RecordFate.Deleted)
                results.Add(await DescribeAsync(record, fate, cancellation));
        }, cancellation);
        return (figures, results);
    }

    private async Task<CondemnedResult> DescribeAsync(SharedBlob blob, RecordFate fate, CancellationToken cancellation)
    {
        var record = await ReadAsync(blob.Hash, cancellation);
        return new CondemnedResult(
            record?.Stage ?? "(a record that cannot be read)", blob.Hash, record?.Outputs.Sum(output => output.Bytes) ?? 0, fate, blob.Modified);
    }

    private async Task<ActionRecord?> ReadAsync(ContentHash key, CancellationToken cancellation)
    {
        try
        {
            return await _inventory.ReadRecordAsync(key, cancellation) is { } document ? RecordDocument.Read(document) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
