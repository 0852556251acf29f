namespace Tmrvc.ArtifactStore;

/// <summary>The right to work on one key, renewed in the background until it is disposed of.</summary>
public interface ISharedLease : IAsyncDisposable
{
    /// <summary>Cancelled when the lease could not be kept: another machine may be at work on the key.</summary>
    CancellationToken Lost { get; }

    /// <summary>Points the key to a checkpoint that has been pushed; refused when the lease is lost, so that no zombie moves it back.</summary>
    /// <param name="set">Null forgets the checkpoint.</param>
    /// <exception cref="SharedStoreException"/>
    Task SaveCheckpointAsync(EntrySet? set, CancellationToken cancellation);
}
