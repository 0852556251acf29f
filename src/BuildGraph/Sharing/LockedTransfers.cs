using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Moves everything that a profile's lock files name. Decides nothing and runs nothing.</summary>
internal sealed class LockedTransfers(Workshop shop, IRunObserver observer)
{
    private readonly ObserverTurn _turn = new(observer);
    private readonly TimeProvider _clock = shop.Options.Clock;

    public Task<TransferSummary> PullAsync(CancellationToken cancellation) => EachAsync(PullAsync, cancellation);

    public Task<TransferSummary> PushAsync(CancellationToken cancellation)
    {
        var shared = shop.Shared ?? throw new InvalidOperationException("Push: there is no shared store to push to.");
        var push = new StagePush(shop, shared, _turn);
        var mayWrite = shared.Store.IsWritable; // later it also turns false for what was told before
        return EachAsync((stage, locked, inner) => PushAsync(push, shared, mayWrite, stage, locked, inner), cancellation);
    }

    private sealed record Outcome(TransferResult Result, long Bytes, long Travelled = 0, string Reason = "");

    private async Task<TransferSummary> EachAsync(
        Func<StageId, LockedStage, CancellationToken, Task<Outcome>> move, CancellationToken cancellation)
    {
        var (started, stages) = (_clock.GetTimestamp(), shop.Locks.Stages());
        var transfers = new StageTransfer[stages.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = shop.Options.SharingPace.Transfers, CancellationToken = cancellation };
        await Parallel.ForAsync(0, stages.Count, options, async (index, inner) =>
        {
            var (began, locked) = (_clock.GetTimestamp(), shop.Locks.Find(stages[index]));
            var outcome = locked is null
                ? Failed($"{shop.Locks.PathOf(stages[index])}: names no key. Restore it from the repository")
                : await TryAsync(() => move(stages[index], locked, inner));
            transfers[index] = new StageTransfer(
                stages[index], locked?.Key, outcome.Result, outcome.Bytes, outcome.Travelled, _clock.GetElapsedTime(began), outcome.Reason);
        });
        return new TransferSummary(transfers, _clock.GetElapsedTime(started));
    }

    private static async Task<Outcome> TryAsync(Func<Task<Outcome>> move)
    {
        try
        {
            return await move();
        }
        catch (Exception cause) when (cause is SharedStoreException or StorageException)
        {
            return Failed(cause.Message);
        }
    }

    private async Task<Outcome> PullAsync(StageId stage, LockedStage locked, CancellationToken cancellation)
    {
        var own = shop.Records.Find(locked.Key);
        if (Confined(stage) is { } confined && (own is null || !shop.Store.CanRestore(new EntrySet(own.Outputs))))
            return confined;
        var record = own is not null && locked.Names(own) ? own : await FindSharedAsync(stage, locked, cancellation) ?? own;
        if (record is null)
            return Failed($"no record of key {locked.Key} is here or in {shop.SharedName}");
        var set = new EntrySet(record.Outputs);
        if (!locked.Names(record))
            return Failed($"the record of key {locked.Key} names other outputs than the lock file");
        var (result, travelled) = shop.Store.IsInPlace(set) ? (RestoreResult.InPlace, 0) : await new StageRestore(shop, _turn).TryAsync(record, cancellation);
        if (result != RestoreResult.InPlace)
            return Failed(result == RestoreResult.Lost ? Words.NotToBeHad(locked.Key, shop.SharedName) : Words.OutOfReach(shop.SharedName));
        if (record != own)
            shop.Records.Replace(record);
        return new Outcome(travelled > 0 ? TransferResult.Moved : TransferResult.AlreadyThere, set.Bytes, travelled);
    }

    private async Task<ActionRecord?> FindSharedAsync(StageId stage, LockedStage locked, CancellationToken cancellation)
    {
        if (shop.Shared is not { } shared ||
            await shared.Store.FindRecordAsync(locked.Key, cancellation) is not { } document ||
            shared.Read(document, locked.Key, stage, locked.Outputs.Keys) is not { } record)
            return null;
        shared.Markers.Add(locked.Key);
        return record;
    }

    /// <summary>Markers are not asked: pushing by hand also mends a store that has lost something.</summary>
    private async Task<Outcome> PushAsync(
        StagePush push, SharedAccess shared, bool mayWrite, StageId stage, LockedStage locked, CancellationToken cancellation)
    {
        if (Confined(stage) is { } confined)
            return confined;
        if (!mayWrite)
            return Failed($"{shared.Store.Name} is read-only");
        var theirs = await shared.FindAsync(locked.Key, stage, locked.Outputs.Keys, cancellation);
        if (shop.Records.Find(locked.Key) is not { } record || !locked.Names(record))
            return LeftThere(theirs, locked, $"nothing with key {locked.Key} has been finished here");
        var set = new EntrySet(record.Outputs);
        if (!shop.Store.CanRestore(set))
            return LeftThere(theirs, locked, $"outputs of key {locked.Key} are not complete here");
        var (counts, travelled) = await push.PushAsync(record, cancellation);
        return new EntrySet(counts.Outputs).Hash != set.Hash
            ? Failed($"{shared.Store.Name} has other bytes under key {locked.Key}; those count")
            : new Outcome(theirs is null ? TransferResult.Moved : TransferResult.AlreadyThere, set.Bytes, travelled);
    }

    /// <summary>What a run has not needed here need not come here to be where it belongs.</summary>
    private static Outcome LeftThere(ActionRecord? theirs, LockedStage locked, string otherwise) => theirs is not null && locked.Names(theirs)
        ? new Outcome(TransferResult.AlreadyThere, new EntrySet(theirs.Outputs).Bytes)
        : Failed(otherwise);

    private Outcome? Confined(StageId stage) =>
        shop.Confined.ReasonOf(stage) is { } reason ? new(TransferResult.Confined, 0, Reason: Words.Confined(reason)) : null;

    private static Outcome Failed(string reason) => new(TransferResult.Failed, 0, Reason: reason);
}
