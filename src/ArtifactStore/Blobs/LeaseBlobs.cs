using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Leases by key, kept by the server's clock, and the checkpoints that their holders left.</summary>
internal sealed class LeaseBlobs(BlobAccess access, BlobStoreSettings settings, string? holder, TimeProvider clock, Action<string> tell)
{
    /// <returns>Null while another holds it.</returns>
    public async Task<ISharedLease?> TryTakeAsync(ContentHash key, CancellationToken cancellation)
    {
        // One id, sent with each try: a try whose answer was lost has taken the lease, and the next one says so.
        var id = Id(key).ToString();
        var asked = clock.GetTimestamp();
        var answer = await TakeAsync(key, id, cancellation).ConfigureAwait(false);
        if (answer.IsMissing)
        {
            var unlessThere = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await access.TryWriteAsync(BlobKind.Lease, key, default, unlessThere, cancellation).ConfigureAwait(false);
            asked = clock.GetTimestamp();
            answer = await TakeAsync(key, id, cancellation).ConfigureAwait(false);
        }
        return answer.IsValue ? new BlobLease(access, key, id, settings, clock, asked) : null;
    }

    /// <returns>Null when there is none, or it is damaged.</returns>
    public async Task<EntrySet?> FindCheckpointAsync(ContentHash key, CancellationToken cancellation)
    {
        try
        {
            var answer = await access.ReadAsync(
                BlobKind.Lease, key, CheckpointText.MostBytes, blob => new Pointer(CheckpointText.Read(blob.Body)), cancellation).ConfigureAwait(false);
            return answer.IsValue ? answer.Value.Set : null;
        }
        catch (UnusableContentException damage)
        {
            tell($"{damage.Message}; the checkpoint counts as missing.");
            return null;
        }
    }

    private Task<Answer<Response<Azure.Storage.Blobs.Models.BlobLease>>> TakeAsync(ContentHash key, string id, CancellationToken cancellation) =>
        access.Calls.AskAsync(
            BlobAccess.Doing("taking", BlobKind.Lease, key),
            attempt => access.Blob(BlobKind.Lease, key).GetBlobLeaseClient(id).AcquireAsync(settings.LeaseDuration, cancellationToken: attempt.Token),
            cancellation);

    private Guid Id(ContentHash key) => new(holder is null
        ? RandomNumberGenerator.GetBytes(16)
        : SHA256.HashData(Encoding.UTF8.GetBytes($"{holder}\n{key}"))[..16]);

    private sealed record Pointer(EntrySet? Set);
}
