using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Guarantee 9 between machines: while a training runs its checkpoints go to the shared store now and then, when it is interrupted and
/// when it has ended; before it starts, those of another machine that are later than what is here are fetched. Without a lease nothing
/// is pushed, so that a machine that lost it cannot move the training back.
/// </summary>
internal sealed class CheckpointTravel(
    Workshop shop, SharedAccess shared, StageKey work, ISharedLease? lease, ObserverTurn turn, GracePeriod grace)
{
    private readonly string _folder = shop.Runs.Of(work.Stage, work.Key);
    private readonly string _checkpoints = Path.Combine(shop.Runs.Of(work.Stage, work.Key), RunFolders.Checkpoints);
    private readonly string _syncedPath = Path.Combine(shop.Runs.Of(work.Stage, work.Key), "checkpoints.shared");
    private readonly TimeProvider _clock = shop.Options.Clock;
    private TimeTaken? _time;

    /// <summary>Brings the latest checkpoint that another machine has saved, if it is later than what is here.</summary>
    /// <exception cref="StorageException"/>
    public async Task FetchAsync(CancellationToken cancellation)
    {
        try
        {
            if (await shared.Store.FindCheckpointAsync(work.Key, cancellation) is not { } set || !IsWanted(set))
                return;
            if (!await TryBringAsync(set, cancellation))
                return;
            Synced(set);
            turn.Log(work.Stage, $"goes on from the checkpoint of another machine ({set.Entries[^1].Name})");
        }
        catch (SharedStoreException)
        {
        }
    }

    /// <summary>What arrived before a break stays for the next try, which may be another process's.</summary>
    private async Task<bool> TryBringAsync(EntrySet set, CancellationToken cancellation)
    {
        var parcel = CheckpointParcel.GoOn(Path.Combine(_folder, "arriving"), _clock);
        var isHere = await shared.Store.PullAsync(set, parcel.Store, null, cancellation) && parcel.TryUnpack(set, _checkpoints);
        parcel.Dispose();
        return isHere;
    }

    /// <summary>Leaves the last checkpoint of a finished training for whoever extends it.</summary>
    public Task PushLastAsync() => TryPushAsync(grace.Token);

    /// <summary>Does the work, and pushes checkpoints beside it, with what they took.</summary>
    public async Task<T> WhileAsync<T>(Func<Task<T>> work, TimeTaken time, CancellationToken cancellation)
    {
        _time = time;
        if (lease is null)
            return await work();
        using var done = new CancellationTokenSource();
        var pushing = Task.Run(() => PushNowAndThenAsync(done.Token), CancellationToken.None);
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await done.CancelAsync();
            await pushing;
            await TryPushAsync(grace.Token);
            throw;
        }
        finally
        {
            await done.CancelAsync();
            await pushing;
        }
    }

    private string ParcelFolder => Path.Combine(_folder, "parcel");

    private async Task PushNowAndThenAsync(CancellationToken done)
    {
        var (isKept, pause) = (true, shop.Options.SharingPace.BetweenCheckpoints);
        while (isKept && !done.IsCancellationRequested)
        {
            await Task.Delay(pause, _clock, done).ContinueWith(_ => { }, TaskScheduler.Default);
            var began = _clock.GetTimestamp();
            isKept = done.IsCancellationRequested || await TryPushAsync(done);
            pause = shop.Options.SharingPace.After(_clock.GetElapsedTime(began));
        }
    }

    /// <returns>False when the lease is lost, so that pushing is over.</returns>
    private async Task<bool> TryPushAsync(CancellationToken cancellation)
    {
        try
        {
            _time?.Note();
            using var parcel = CheckpointParcel.Begin(ParcelFolder, _clock);
            if (parcel.Pack(_checkpoints) is not { } set || IsSynced(set))
                return true;
            await shared.Store.PushAsync(set, parcel.Store, null, cancellation);
            await lease!.SaveCheckpointAsync(set, cancellation);
            Synced(set);
            turn.Log(work.Stage, $"checkpoint pushed ({set.Entries[^1].Name})");
        }
        catch (StorageException fault)
        {
            turn.Log(work.Stage, $"its checkpoint could not be pushed: {fault.Message}");
        }
        catch (SharedStoreException fault)
        {
            return fault.Fault != SharedStoreFault.LeaseLost;
        }
        catch (OperationCanceledException)
        {
        }
        return true;
    }

    /// <summary>Of two machines' checkpoints, the one whose last name sorts later has come further.</summary>
    private bool IsWanted(EntrySet set) => !IsSynced(set) && set.Entries.All(entry => GraphValidation.IsFileName(entry.Name)) &&
        (CheckpointParcel.Names(_checkpoints) is not [.., var mine] || string.CompareOrdinal(mine, set.Entries[^1].Name) <= 0);

    private bool IsSynced(EntrySet set) => File.Exists(_syncedPath) && File.ReadAllText(_syncedPath) == CheckpointParcel.HashOf(set).ToString();

    private void Synced(EntrySet set) => AtomicFile.Replace(_syncedPath, Encoding.ASCII.GetBytes(CheckpointParcel.HashOf(set).ToString()), flush: false);
}
