namespace Tmrvc.ArtifactStore;

/// <summary>
/// A shared store whose failures are told once. The first refusal and the first silence are told, each once; from then on nothing is
/// asked that would only fail again, and every such question throws at once. After a silence the store is asked again when it has
/// rested: a long run outlives a short outage. Knows nothing of what is asked.
/// </summary>
/// <param name="warn">Receives each warning, from any thread.</param>
/// <param name="isNeeded">Whether the run cannot do without the store; else its warnings say that it goes on.</param>
public sealed class GuardedStore(ISharedStore store, Action<string> warn, TimeProvider clock, bool isNeeded = false) : ISharedStore
{
    private readonly AccessState _access = new(store.Name, warn, clock, isNeeded);

    public string Name => store.Name;

    /// <summary>Turns false when writing has been refused.</summary>
    public bool IsWritable => store.IsWritable && _access.MayWrite;

    public Task<byte[]?> FindRecordAsync(ContentHash key, CancellationToken cancellation) =>
        AskAsync(Access.Read, () => store.FindRecordAsync(key, cancellation));

    public Task<byte[]> AddRecordAsync(ContentHash key, EntrySet outputs, ReadOnlyMemory<byte> document, CancellationToken cancellation) =>
        AskAsync(Access.Write, () => store.AddRecordAsync(key, outputs, document, cancellation));

    public void Distrust(ContentHash key, ReadOnlyMemory<byte> document) => store.Distrust(key, document);

    public Task<bool> PullAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation) =>
        AskAsync(Access.Read, () => store.PullAsync(set, local, progress, cancellation));

    public Task PushAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation) =>
        AskAsync(Access.Write, async () =>
        {
            await store.PushAsync(set, local, progress, cancellation);
            return true;
        });

    public Task<ISharedLease?> TryLeaseAsync(ContentHash key, CancellationToken cancellation) => AskAsync(Access.Write, async () =>
        await store.TryLeaseAsync(key, cancellation) is { } lease ? (ISharedLease)new GuardedLease(this, lease) : null);

    public Task<EntrySet?> FindCheckpointAsync(ContentHash key, CancellationToken cancellation) =>
        AskAsync(Access.Read, () => store.FindCheckpointAsync(key, cancellation));

    private async Task<T> AskAsync<T>(Access access, Func<Task<T>> ask)
    {
        _access.ThrowIfKnownToFail(access);
        try
        {
            var answer = await ask();
            _access.Answered();
            return answer;
        }
        catch (SharedStoreException fault) when (fault.Fault != SharedStoreFault.LeaseLost)
        {
            _access.Failed(access, fault);
            throw;
        }
    }

    private sealed class GuardedLease(GuardedStore guard, ISharedLease lease) : ISharedLease
    {
        public CancellationToken Lost => lease.Lost;

        public Task SaveCheckpointAsync(EntrySet? set, CancellationToken cancellation) => guard.AskAsync(Access.Write, async () =>
        {
            await lease.SaveCheckpointAsync(set, cancellation);
            return true;
        });

        public ValueTask DisposeAsync() => lease.DisposeAsync();
    }
}
