using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Cleans up a shared store while builds use it, in two steps: a sweep condemns a record, a later one deletes it, and a build that finds
/// it in between rescues it. Interrupted, it leaves a store that works; the next sweep goes on.
/// </summary>
public sealed class SharedSweep(BlobInventory inventory, SharedSweepOptions options)
{
    /// <param name="decided">Called with each record and its fate, before it is carried out.</param>
    /// <exception cref="SharedStoreException"/>
    /// <exception cref="OperationCanceledException"/>
    public async Task<SharedSweepFigures> RunAsync(Func<SharedBlob, RecordFate, Task> decided, CancellationToken cancellation)
    {
        var now = await inventory.ServerTimeAsync(cancellation);
        var records = new RecordSweep(inventory, options, now, decided);
        await records.RunAsync(cancellation);
        var content = new ContentSweep(inventory, options, now);
        if (records.Silent == 0)
            await content.RunAsync(records.Sets, cancellation);
        return new SharedSweepFigures(records.Counts, records.Silent, content.Kept, content.Deleted, content.Unreadable);
    }
}
