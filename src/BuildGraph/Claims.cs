using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Takes the leases of a stage that is to run: first this machine's, then the shared one. Under both it looks once more for a result
/// that somebody finished since the stage was decided.
/// </summary>
internal sealed class Claims(Workshop shop, KnownRecords records, ObserverTurn turn, Force force)
{
    public async Task<Report> TakeAsync(Decision decision, CancellationToken cancellation)
    {
        var key = decision.Key!.Value;
        if (Lease.TryTake(shop.Store.LeasePath(key)) is not { } local)
            return new Report.BusyHere();
        Claim? claim = null;
        try
        {
            if (HasLocalResult(decision))
                return new Report.DecideAgain();
            var (isFree, shared) = await TryLeaseAsync(decision.Stage.Id, key, cancellation);
            if (!isFree)
                return new Report.BusyElsewhere();
            claim = new Claim(local, shared);
            if (shared is not null && !force.Includes(decision.Stage.Id) && await HasSharedResultAsync(decision, cancellation))
                return new Report.DecideAgain();
            var taken = new Report.Claimed(claim);
            (claim, local) = (null, null);
            return taken;
        }
        finally
        {
            if (claim is not null)
                await claim.DisposeAsync();
            else
                local?.Dispose();
        }
    }

    /// <summary>A record whose outputs are lost makes room for a new one; one whose outputs are only out of reach stays.</summary>
    private bool HasLocalResult(Decision decision)
    {
        if (force.Includes(decision.Stage.Id) || shop.Records.Find(decision.Key!.Value) is not { } record)
            return false;
        var outputs = new EntrySet(record.Outputs);
        if (shop.Store.IsInPlace(outputs) || shop.Store.CanRestore(outputs))
            return true;
        if (shop.Shared?.Markers.Has(record.Key) == true)
            return false;
        turn.Log(decision.Stage.Id, $"{Words.Lost}: the stage runs again");
        records.GiveUp(record, isLost: true);
        return false;
    }

    private async Task<bool> HasSharedResultAsync(Decision decision, CancellationToken cancellation)
    {
        var key = decision.Key!.Value;
        await records.AskAsync(key, decision.Stage.Id, decision.Stage.Outputs, cancellation);
        return records.AreShared(key);
    }

    /// <summary>A confined stage is run by each machine for itself. Where the shared store cannot be written or asked, this machine works without a lease.</summary>
    private async Task<(bool IsFree, ISharedLease? Lease)> TryLeaseAsync(StageId stage, ContentHash key, CancellationToken cancellation)
    {
        if (shop.Confined.ReasonOf(stage) is not null || shop.Shared is not { Store: { IsWritable: true } store })
            return (true, null);
        try
        {
            var lease = await store.TryLeaseAsync(key, cancellation);
            return (lease is not null, lease);
        }
        catch (SharedStoreException)
        {
            return (true, null);
        }
    }
}
