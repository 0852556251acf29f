namespace Tmrvc.ArtifactStore;

/// <summary>
/// Several shared stores as one: the first is written, all are read, in order. What a pull request has made lies in its own store,
/// what the team has made in the team's. A store that cannot be asked only counts when no other has the answer.
/// </summary>
/// <param name="stores">At least one.</param>
public sealed class LayeredStore(IReadOnlyList<ISharedStore> stores) : ISharedStore
{
    private readonly ISharedStore _first = stores[0];

    public string Name => string.Join(", then ", stores.Select(store => store.Name));

    public bool IsWritable => _first.IsWritable;

    /// <summary>Asks all at once, so that a layer costs no time.</summary>
    public Task<byte[]?> FindRecordAsync(ContentHash key, CancellationToken cancellation)
    {
        var answers = stores.Select(store => store.FindRecordAsync(key, cancellation)).ToArray();
        foreach (var answer in answers)
            Forgive(answer);
        return FirstAsync(layer => answers[layer]);
    }

    public Task<byte[]> AddRecordAsync(ContentHash key, EntrySet outputs, ReadOnlyMemory<byte> document, CancellationToken cancellation) =>
        _first.AddRecordAsync(key, outputs, document, cancellation);

    /// <summary>The layer that gave it knows.</summary>
    public void Distrust(ContentHash key, ReadOnlyMemory<byte> document)
    {
        foreach (var store in stores)
            store.Distrust(key, document);
    }

    public async Task<bool> PullAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation) =>
        await FirstAsync(async layer => await stores[layer].PullAsync(set, local, progress, cancellation) ? set : null) is not null;

    public Task PushAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation) =>
        _first.PushAsync(set, local, progress, cancellation);

    public Task<ISharedLease?> TryLeaseAsync(ContentHash key, CancellationToken cancellation) => _first.TryLeaseAsync(key, cancellation);

    public Task<EntrySet?> FindCheckpointAsync(ContentHash key, CancellationToken cancellation) =>
        FirstAsync(layer => stores[layer].FindCheckpointAsync(key, cancellation));

    /// <summary>What a later layer comes to does not matter when an earlier one has answered.</summary>
    private static void Forgive(Task answer) => answer.ContinueWith(
        failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <exception cref="SharedStoreException">None had an answer, and one of them could not be asked.</exception>
    private async Task<T?> FirstAsync<T>(Func<int, Task<T?>> ask)
        where T : class
    {
        SharedStoreException? silent = null;
        for (var layer = 0; layer < stores.Count; layer++)
            try
            {
                if (await ask(layer) is { } answer)
                    return answer;
            }
            catch (SharedStoreException fault)
            {
                silent ??= fault;
            }
        return silent is null ? null : throw silent;
    }
}
