namespace Tmrvc.ArtifactStore;

/// <summary>
/// Where machines share records and content. Safe for several threads. What comes out has been verified: damage is told, dropped and
/// then the same as absence. Every method throws <see cref="SharedStoreException"/> when the store cannot be asked, and nothing else
/// but cancellation and <see cref="StorageException"/> for this machine's own disk.
/// </summary>
public interface ISharedStore
{
    /// <summary>For people; holds no secret.</summary>
    string Name { get; }

    /// <summary>Whether this run may write to it. Where it may not, nothing but reading is ever tried.</summary>
    bool IsWritable { get; }

    /// <summary>Whether a key has been computed by anybody: one request.</summary>
    /// <returns>Null when there is no record.</returns>
    Task<byte[]?> FindRecordAsync(ContentHash key, CancellationToken cancellation);

    /// <summary>Adds a record whose outputs have been pushed. The first writer wins.</summary>
    /// <returns>The document that counts: this one, or the one that was there before.</returns>
    Task<byte[]> AddRecordAsync(ContentHash key, EntrySet outputs, ReadOnlyMemory<byte> document, CancellationToken cancellation);

    /// <summary>
    /// A document that this store gave for a key cannot be used, whatever its seal says: it is told, and the next that is added takes its
    /// place. Asks nothing.
    /// </summary>
    void Distrust(ContentHash key, ReadOnlyMemory<byte> document);

    /// <summary>Brings what <paramref name="local"/> lacks of a set's objects and trees. What arrived before a break is not fetched again.</summary>
    /// <returns>False when something of it is missing or damaged there; what it was has been told.</returns>
    Task<bool> PullAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation);

    /// <summary>Takes a set that is in <paramref name="local"/>. What is there already, or arrived before a break, is not sent again.</summary>
    Task PushAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation);

    /// <summary>Asks to be the only machine that works on a key.</summary>
    /// <returns>Null while another holds it. A holder that dies loses it within a minute.</returns>
    Task<ISharedLease?> TryLeaseAsync(ContentHash key, CancellationToken cancellation);

    /// <summary>The set of the latest checkpoint saved under a key; null when there is none.</summary>
    Task<EntrySet?> FindCheckpointAsync(ContentHash key, CancellationToken cancellation);
}
