using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Brings one finished result to the shared store: content first, then the record. The first record of a key counts everywhere, so
/// when it names other bytes than ours, ours gives way.
/// </summary>
internal sealed class StagePush(Workshop shop, SharedAccess shared, ObserverTurn turn)
{
    /// <returns>The record that counts.</returns>
    /// <exception cref="SharedStoreException"/>
    /// <exception cref="StorageException"/>
    public async Task<ActionRecord> PushAsync(ActionRecord record, CancellationToken cancellation)
    {
        var set = new EntrySet(record.Outputs);
        await shared.Store.PushAsync(set, shop.Store, turn.Transfer(record.Stage, TransferDirection.Upload), cancellation);
        var document = await shared.Store.AddRecordAsync(record.Key, set, RecordDocument.Write(record), cancellation);
        var counts = ForeignRecord.Read(document, record.Key, record.Stage, record.Outputs.Select(output => output.Name));
        shared.Markers.Add(record.Key);
        return counts is null || new EntrySet(counts.Outputs).Hash == set.Hash ? record : counts;
    }
}
