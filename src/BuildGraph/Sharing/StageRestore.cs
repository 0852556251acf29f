using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Puts recorded outputs in place: from what is here, else from the shared store.</summary>
internal sealed class StageRestore(Workshop shop, ObserverTurn turn)
{
    /// <summary>Restores a stage under this machine's lease of its key.</summary>
    /// <param name="records">Forget a record whose outputs cannot be had.</param>
    /// <param name="mayRun">Whether the stage can run when its outputs are lost.</param>
    public async Task<Report> RestoreAsync(Decision decision, KnownRecords records, bool mayRun, CancellationToken cancellation)
    {
        var record = decision.Record!;
        using var lease = await Lease.TakeAsync(shop.Store.LeasePath(record.Key), () => { }, shop.Options.Clock, cancellation);
        if (await TryAsync(record, cancellation) is not { } brought)
            return mayRun ? Lost(decision, records) : throw new StageFailure(decision.Stage.Id, Words.NotToBeHad(record.Key, shop.SharedName) + ".");
        var reason = brought > 0 ? $"restored from {shop.SharedName}" : "restored from the store";
        var state = StageStateMeaning.Of(record, StageState.Restored);
        return new Report.Ended(new ExecutionResult(state, state == StageState.Restored ? reason : Words.Fresh(record), record)
        {
            Downloaded = brought,
        });
    }

    private Report.Lost Lost(Decision decision, KnownRecords records)
    {
        records.Drop(decision.Record!);
        turn.Log(decision.Stage.Id, Words.RecordDropped);
        return new Report.Lost();
    }

    /// <returns>Bytes that had to be brought; null when something is missing or was damaged.</returns>
    /// <exception cref="StorageException"/>
    public async Task<long?> TryAsync(ActionRecord record, CancellationToken cancellation)
    {
        var set = new EntrySet(record.Outputs);
        if (shop.Store.CanRestore(set) && shop.Store.TryRestore(set))
            return 0;
        if (shop.Shared is not { } shared)
            return null;
        var progress = turn.Transfer(record.Stage, TransferDirection.Download);
        return await shared.TryPullAsync(set, progress, cancellation) && shop.Store.TryRestore(set) ? set.Bytes : null;
    }
}
