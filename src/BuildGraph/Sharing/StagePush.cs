using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Brings one finished result to the shared store: content first, then the record. The first record of a key counts everywhere, so
/// when it names other bytes than ours, ours gives way.
/// </summary>
internal sealed class StagePush(Workshop shop, SharedAccess shared, ObserverTurn turn)
{
    private readonly Precedence _precedence = new(shop, turn);

    /// <summary>Brings it unless the store has a record of the key, or had one earlier and its content is not here.</summary>
    /// <returns>The record that counts, and the bytes that travelled.</returns>
    /// <exception cref="SharedStoreException"/>
    /// <exception cref="StorageException"/>
    public async Task<(ActionRecord Counts, long Bytes)> PushUnlessThereAsync(ActionRecord record, CancellationToken cancellation)
    {
        var theirs = await shared.FindAsync(record.Key, record.Stage, Names(record), cancellation);
        if (theirs is not null && await AgreeAsync(record, theirs, cancellation) is { } counts)
            return (counts, 0);
        return WasOnlyThere(record) ? (record, 0) : await PushAsync(record, cancellation);
    }

    /// <summary>Brings it, and mends what the store may have lost of it.</summary>
    /// <inheritdoc cref="PushUnlessThereAsync"/>
    public async Task<(ActionRecord Counts, long Bytes)> PushAsync(ActionRecord record, CancellationToken cancellation)
    {
        var set = new EntrySet(record.Outputs);
        using var report = turn.Transfer(record.Stage, TransferDirection.Upload);
        await shared.Store.PushAsync(set, shop.Store, report, cancellation);
        var counts = await AddAsync(record, set, cancellation) ?? await AddAsync(record, set, cancellation);
        return (counts ?? record, report.Travelled);
    }

    /// <returns>Null when the store names something else that it has lost; now it knows, and takes ours.</returns>
    private async Task<ActionRecord?> AddAsync(ActionRecord record, EntrySet set, CancellationToken cancellation)
    {
        var document = await shared.Store.AddRecordAsync(record.Key, set, RecordDocument.Write(record), cancellation);
        return shared.Read(document, record.Key, record.Stage, Names(record)) is { } theirs
            ? await AgreeAsync(record, theirs, cancellation)
            : null;
    }

    /// <returns>The record that counts here and there; null when theirs cannot be had.</returns>
    private async Task<ActionRecord?> AgreeAsync(ActionRecord ours, ActionRecord theirs, CancellationToken cancellation)
    {
        var counts = await _precedence.YieldAsync(ours, theirs, cancellation);
        if (!Precedence.SameOutputs(counts, theirs))
            return null;
        shared.Markers.Add(ours.Key);
        return counts;
    }

    private bool WasOnlyThere(ActionRecord record) =>
        shared.Markers.Has(record.Key) && !shop.Store.CanRestore(new EntrySet(record.Outputs));

    private static IEnumerable<string> Names(ActionRecord record) => record.Outputs.Select(output => output.Name);
}
