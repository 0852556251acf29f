using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Puts recorded outputs in place: from what is here, else from the shared store.</summary>
internal sealed class StageRestore(Workshop shop, ObserverTurn turn)
{
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
