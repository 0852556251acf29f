using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// First half of a sweep: condemns records, and deletes those condemned long ago. Every change holds only for the record as it was
/// listed: a build that has used it since wins.
/// </summary>
/// <param name="decided">Called with each fate before it is carried out.</param>
internal sealed class RecordSweep(
    BlobInventory inventory, SharedSweepOptions options, DateTimeOffset now, Func<SharedBlob, RecordFate, Task> decided)
{
    private readonly Dictionary<RecordFate, int> _counts = [];
    private readonly HashSet<ContentHash> _sets = [];

    public IReadOnlyDictionary<RecordFate, int> Counts => _counts;

    /// <summary>Sets that records which stay name.</summary>
    public IReadOnlySet<ContentHash> Sets => _sets;

    /// <summary>Number of records that stay and do not say what they name.</summary>
    public int Silent { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var record in inventory.ListAsync(BlobKind.Record, cancellation))
        {
            var fate = FateOf(record);
            await decided(record, fate);
            if (!options.DryRun && !await IsCarriedOutAsync(record, fate, cancellation))
                fate = RecordFate.Kept;
            _counts[fate] = _counts.GetValueOrDefault(fate) + 1;
            if (fate != RecordFate.Deleted)
                Keep(record);
        }
    }

    private void Keep(SharedBlob record)
    {
        if (record.Set is { } set)
            _sets.Add(set);
        else
            Silent++;
    }

    private RecordFate FateOf(SharedBlob record) => record.Condemned switch
    {
        { } when options.Keys.Contains(record.Hash) => RecordFate.Pardoned,
        { } since => now - since >= options.Delay ? RecordFate.Deleted : RecordFate.Waiting,
        null => options.Keys.Contains(record.Hash) || now - record.Modified <= options.Grace ? RecordFate.Kept : RecordFate.Condemned,
    };

    private Task<bool> IsCarriedOutAsync(SharedBlob record, RecordFate fate, CancellationToken cancellation) => fate switch
    {
        RecordFate.Condemned => inventory.CondemnAsync(record, now, cancellation),
        RecordFate.Pardoned => inventory.PardonAsync(record, cancellation),
        RecordFate.Deleted => inventory.DeleteAsync(record, cancellation),
        _ => Task.FromResult(true),
    };
}
