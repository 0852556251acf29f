using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Brings one finished result to the shared store: content first, then the record. The first record of a key counts everywhere, so
/// when it names other bytes than ours, ours gives way.
/// </summary>
internal sealed class StagePush(Workshop shop, SharedAccess shared, ObserverTurn turn)
{
    private readonly Precedence _precedence = new(shop, turn);

    /// <summary>Brings it unless the store has a record of the key.</summary>
    /// <returns>The record that counts, and the bytes that had to be brought.</returns>
    /// <exception cref="SharedStoreException"/>
    /// <exception cref="StorageException"/>
    public async Task<(ActionRecord Counts, long Bytes)> PushUnlessThereAsync(ActionRecord record, CancellationToken cancellation) =>
        await shared.FindAsync(record.Key, record.Stage, Names(record), cancellation) is { } theirs
            ? (await ConcludeAsync(record, theirs, cancellation), 0)
            : await PushAsync(record, cancellation);

    /// <summary>Brings it, and mends what the store may have lost of it.</summary>
    /// <inheritdoc cref="PushUnlessThereAsync"/>
    public async Task<(ActionRecord Counts, long Bytes)> PushAsync(ActionRecord record, CancellationToken cancellation)
    {
        var set = new EntrySet(record.Outputs);
        await shared.Store.PushAsync(set, shop.Store, turn.Transfer(record.Stage, TransferDirection.Upload), cancellation);
        var document = await shared.Store.AddRecordAsync(record.Key, set, RecordDocument.Write(record), cancellation);
        return ForeignRecord.Read(document, record.Key, record.Stage, Names(record)) is { } theirs
            ? (await ConcludeAsync(record, theirs, cancellation), set.Bytes)
            : (record, set.Bytes);
    }

    private async Task<ActionRecord> ConcludeAsync(ActionRecord record, ActionRecord theirs, CancellationToken cancellation)
    {
        var counts = await _precedence.YieldAsync(record, theirs, cancellation);
        if (Precedence.SameOutputs(counts, theirs))
            shared.Markers.Add(record.Key);
        return counts;
    }

    private static IEnumerable<string> Names(ActionRecord record) => record.Outputs.Select(output => output.Name);
}
