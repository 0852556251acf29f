using Azure;
using Azure.Storage.Blobs.Models;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// What is in a store, for those who clean up and check. Deletions are conditional: what anybody wrote or looked for since it was listed
/// stays. A sweep deletes an index before the content that it alone names. Every method throws <see cref="SharedStoreException"/> when the store cannot be asked.
/// </summary>
public sealed class BlobInventory
{
    private readonly BlobContainer _container;
    private readonly BlobAccess _access;
    private readonly TransferSlots _slots;
    private readonly BlobStoreOptions _options;

    internal BlobInventory(BlobContainer container, BlobAccess access, TransferSlots slots, BlobStoreOptions options) =>
        (_container, _access, _slots, _options) = (container, access, slots, options);

    /// <summary>All blobs of a kind, by name. Names that no store gives are left out.</summary>
    public async IAsyncEnumerable<SharedBlob> ListAsync(
        BlobKind kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (string? next = null; ;)
        {
            var page = await PageAsync(_container.FolderOf(kind), next, null, cancellation).ConfigureAwait(false);
            foreach (var item in page.Values)
                if (ContentHash.TryParse(item.Name[(item.Name.LastIndexOf('/') + 1)..], out var hash))
                    yield return Blob(kind, hash, item);
            next = page.ContinuationToken;
            if (string.IsNullOrEmpty(next))
                break;
        }
    }

    /// <summary>The server's clock, the only one that ages are told by.</summary>
    public async Task<DateTimeOffset> ServerTimeAsync(CancellationToken cancellation)
    {
        var page = await PageAsync(_container.FolderOf(BlobKind.Record), null, 1, cancellation).ConfigureAwait(false);
        return page.GetRawResponse().Headers.Date ?? throw new SharedStoreException("The server tells no time.", SharedStoreFault.Unreachable);
    }

    /// <summary>Marks a record for deletion by a later sweep, unless a build asks for it before.</summary>
    /// <returns>False when it was changed since it was listed.</returns>
    public Task<bool> CondemnAsync(SharedBlob record, DateTimeOffset serverTime, CancellationToken cancellation) =>
        IsMarkedAsync("condemning", record, BlobMetadata.Text(serverTime), cancellation);

    /// <summary>Takes the mark away.</summary>
    /// <returns>False when it was changed since it was listed.</returns>
    public Task<bool> PardonAsync(SharedBlob record, CancellationToken cancellation) =>
        IsMarkedAsync("pardoning", record, condemned: null, cancellation);

    /// <returns>False when it was changed since it was listed, is gone, or is leased.</returns>
    public Task<bool> DeleteAsync(SharedBlob blob, CancellationToken cancellation) => IsDoneAsync(
        "deleting", blob, (condition, attempt) => _access.Blob(blob.Kind, blob.Hash).DeleteAsync(DeleteSnapshotsOption.None, condition, attempt.Token), cancellation);

    /// <summary>Deletes what is damaged, so that no push takes it for good. It may be gone already.</summary>
    public Task DropAsync(BlobKind kind, ContentHash hash, CancellationToken cancellation) => _access.Calls.AskAsync(
        BlobAccess.Doing("deleting", kind, hash), attempt => _access.Blob(kind, hash).DeleteAsync(cancellationToken: attempt.Token), cancellation);

    /// <summary>A record's document, without keeping it from a sweep.</summary>
    /// <returns>Null when it is missing or damaged.</returns>
    public Task<byte[]?> ReadRecordAsync(ContentHash key, CancellationToken cancellation) =>
        new RecordBlobs(_access, new Suspicions(), isWritable: false, _options.Tell).FindAsync(key, cancellation);

    /// <summary>The blobs that hold a set's content: its packs and objects.</summary>
    /// <returns>Null when the index is missing or damaged.</returns>
    public async Task<IReadOnlyList<(BlobKind Kind, ContentHash Hash)>?> ContentOfAsync(ContentHash set, CancellationToken cancellation)
    {
        try
        {
            var (index, _) = await new SetReader(_access).ReadAsync(set, cancellation).ConfigureAwait(false);
            return
            [
                .. index.Packs.Select(pack => (BlobKind.Pack, pack.Id)),
                .. index.Objects.Concat(index.LargeTrees).Select(content => (BlobKind.Object, content.Hash)),
            ];
        }
        catch (UnusableContentException)
        {
            return null;
        }
    }

    /// <summary>Reads everything that a set consists of, and stores nothing.</summary>
    /// <param name="sound">What is in it is not read again; what is found good is added.</param>
    /// <returns>Empty when the set can be restored.</returns>
    public Task<IReadOnlyList<SharedFault>> VerifyAsync(
        ContentHash set, SoundBlobs sound, IProgress<TransferProgress>? progress, CancellationToken cancellation) =>
        new SetVerification(_access, _slots, _options, sound).RunAsync(set, progress, cancellation);

    private Task<Page<BlobItem>> PageAsync(string folder, string? next, int? size, CancellationToken cancellation) =>
        _access.Calls.RunAsync("listing", async attempt =>
        {
            var pages = _container.Client.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, folder, attempt.Token).AsPages(next, size);
            await using var first = pages.GetAsyncEnumerator(attempt.Token);
            await first.MoveNextAsync().ConfigureAwait(false);
            return first.Current;
        }, cancellation);

    private Task<bool> IsMarkedAsync(string what, SharedBlob record, string? condemned, CancellationToken cancellation)
    {
        var metadata = record.Set is { } set ? BlobMetadata.OfSet(set) : [];
        if (condemned is not null)
            metadata[BlobMetadata.Condemned] = condemned;
        return IsDoneAsync(
            what, record, (condition, attempt) => _access.Blob(record.Kind, record.Hash).SetMetadataAsync(metadata, condition, attempt.Token), cancellation);
    }

    private async Task<bool> IsDoneAsync<T>(
        string what, SharedBlob blob, Func<BlobRequestConditions, Attempt, Task<T>> call, CancellationToken cancellation)
    {
        var condition = new BlobRequestConditions { IfMatch = new ETag(blob.Tag) };
        var doing = BlobAccess.Doing(what, blob.Kind, blob.Hash);
        return (await _access.Calls.AskAsync(doing, attempt => call(condition, attempt), cancellation).ConfigureAwait(false)).IsValue;
    }

    private static SharedBlob Blob(BlobKind kind, ContentHash hash, BlobItem item) => new(
        kind, hash, item.Properties.ContentLength ?? 0, item.Properties.LastModified ?? DateTimeOffset.MaxValue,
        item.Properties.ETag?.ToString() ?? "", BlobMetadata.SetOf(item.Metadata), BlobMetadata.CondemnedAt(item.Metadata),
        item.Properties.LeaseState == LeaseState.Leased);
}
