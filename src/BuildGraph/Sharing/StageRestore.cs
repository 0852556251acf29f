using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What came of restoring recorded outputs.</summary>
internal enum RestoreResult
{
    InPlace,

    /// <summary>Something of them is missing or was damaged, here and in the shared store.</summary>
    Lost,

    /// <summary>They are not here, and the shared store cannot be asked.</summary>
    OutOfReach,
}

/// <summary>Puts recorded outputs in place: from what is here, else from the shared store.</summary>
internal sealed class StageRestore(Workshop shop, ObserverTurn turn)
{
    /// <summary>Restores a stage under this machine's lease of its key.</summary>
    /// <param name="records">Forget a record whose outputs cannot be had.</param>
    /// <param name="mayRun">Whether the stage can run when its outputs cannot be had.</param>
    public async Task<Report> RestoreAsync(Decision decision, KnownRecords records, bool mayRun, CancellationToken cancellation)
    {
        var record = decision.Record!;
        using var lease = await Lease.TakeAsync(shop.Store.LeasePath(record.Key), () => { }, shop.Options.Clock, cancellation);
        var (result, bytes) = await TryAsync(record, cancellation);
        if (result == RestoreResult.InPlace)
            return Restored(record, bytes);
        var reason = result == RestoreResult.Lost ? Words.Lost : Words.OutOfReach(shop.SharedName);
        if (!mayRun)
            throw new StageFailure(decision.Stage.Id, NotToBeHad(record, result) + ".");
        turn.Log(decision.Stage.Id, $"{reason}: the stage runs again");
        records.GiveUp(record, isLost: result == RestoreResult.Lost);
        return new Report.Lost(reason);
    }

    /// <returns>What came of it, and the bytes that travelled.</returns>
    /// <exception cref="StorageException"/>
    public async Task<(RestoreResult Result, long Bytes)> TryAsync(ActionRecord record, CancellationToken cancellation)
    {
        var set = new EntrySet(record.Outputs);
        if (shop.Store.CanRestore(set) && shop.Store.TryRestore(set))
            return (RestoreResult.InPlace, 0);
        if (shop.Shared is not { } shared)
            return (RestoreResult.Lost, 0);
        using var report = turn.Transfer(record.Stage, TransferDirection.Download);
        return (await BringAsync(set, shared, report, cancellation), report.Travelled);
    }

    /// <summary>Damage of what lies here shows only when it is put in place; what that drops comes in a second round.</summary>
    private async Task<RestoreResult> BringAsync(
        EntrySet set, SharedAccess shared, IProgress<TransferProgress> report, CancellationToken cancellation)
    {
        for (var round = 0; round < 2; round++)
            switch (await shared.TryPullAsync(set, report, cancellation))
            {
                case null:
                    return RestoreResult.OutOfReach;
                case false:
                    return RestoreResult.Lost;
                case true when shop.Store.TryRestore(set):
                    return RestoreResult.InPlace;
            }
        return RestoreResult.Lost;
    }

    private string NotToBeHad(ActionRecord record, RestoreResult result) => result == RestoreResult.Lost
        ? Words.NotToBeHad(record.Key, shop.SharedName)
        : $"outputs of key {record.Key} are not here, and {shop.SharedName} cannot be asked";

    private Report.Ended Restored(ActionRecord record, long bytes)
    {
        var state = StageStateMeaning.Of(record, StageState.Restored);
        var reason = state == StageState.Rejected ? Words.Fresh(record) : $"restored from {(bytes > 0 ? shop.SharedName : "the store")}";
        return new Report.Ended(new ExecutionResult(state, reason, record) { Downloaded = bytes });
    }
}
