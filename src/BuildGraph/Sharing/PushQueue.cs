using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Brings finished results to the shared store while other stages run, a few at a time. What cannot be brought leaves no marker, so
/// the next run tries again. An interrupted run has a little time to finish what is on its way.
/// </summary>
internal sealed class PushQueue(Workshop shop, SharedAccess shared, ObserverTurn turn, RunOptions options, GracePeriod grace) : IDisposable
{
    private readonly StagePush _push = new(shop, shared, turn);
    private readonly SemaphoreSlim _slots = new(Math.Max(1, shop.Options.SharingPace.Transfers));
    private readonly List<Task<StageUpload>> _pushes = [];
    private readonly DateTimeOffset _reminder = shop.Options.Clock.GetUtcNow() - shop.Options.SharingPace.Reminder;

    /// <param name="lease">Of the key, ended when the result has been pushed; null for a result of an earlier run, and for a confined one.</param>
    public void Add(Stage stage, ActionRecord record, ISharedLease? lease)
    {
        if (shop.Confined.ReasonOf(stage.Id) is not null)
            return;
        if (lease is not null || !shared.Markers.HasSince(_reminder, record.Key))
            _pushes.Add(Task.Run(() => PushAsync(stage, record, lease)));
    }

    /// <summary>Waits until everything has been brought or given up.</summary>
    public async Task<IReadOnlyList<StageUpload>> FinishAsync() => await Task.WhenAll(_pushes);

    public void Dispose() => _slots.Dispose();

    private async Task<StageUpload> PushAsync(Stage stage, ActionRecord record, ISharedLease? lease)
    {
        try
        {
            await _slots.WaitAsync(grace.Token);
            try
            {
                return new StageUpload(stage.Id, await BringAsync(stage, record, lease), IsPushed: true);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (StorageException fault)
        {
            turn.Log(stage.Id, $"its result could not be pushed: {fault.Message}");
        }
        catch (Exception fault) when (fault is SharedStoreException or OperationCanceledException)
        {
        }
        finally
        {
            if (lease is not null)
                await Claim.EndAsync(lease);
        }
        return new StageUpload(stage.Id, 0, IsPushed: lease is null && shared.Markers.Has(record.Key));
    }

    private async Task<long> BringAsync(Stage stage, ActionRecord record, ISharedLease? lease)
    {
        var (counts, bytes) = lease is null
            ? await _push.PushUnlessThereAsync(record, grace.Token)
            : await _push.PushAsync(record, grace.Token);
        if (lease is not null && stage is TrainingStage)
            await new CheckpointTravel(shop, shared, new StageKey(stage.Id, record.Key), lease, turn, grace).PushLastAsync();
        if (!Precedence.SameOutputs(counts, record) && !options.IsTrial)
            shop.Locks.Write(counts);
        return bytes;
    }
}

/// <param name="Bytes">That travelled.</param>
/// <param name="IsPushed">Whether the shared store has the result now.</param>
internal sealed record StageUpload(StageId Stage, long Bytes, bool IsPushed);
