using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// A lease that the server holds for us. It counts as lost when the server says so, or when it may have run out unrenewed: its time is
/// told from when the last renewal was asked for, which is no later than when the server began to count.
/// </summary>
internal sealed class BlobLease : ISharedLease
{
    private readonly BlobAccess _access;
    private readonly ContentHash _key;
    private readonly BlobLeaseClient _client;
    private readonly BlobStoreSettings _settings;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    /// <param name="asked">When the request was sent that took it.</param>
    public BlobLease(BlobAccess access, ContentHash key, string id, BlobStoreSettings settings, TimeProvider clock, long asked)
    {
        (_access, _key, _settings, _clock) = (access, key, settings, clock);
        _client = access.Blob(BlobKind.Lease, key).GetBlobLeaseClient(id);
        _lost = new CancellationTokenSource(TimeLeft(asked), clock);
        _renewing = RenewAsync();
    }

    public CancellationToken Lost => _lost.Token;

    public async Task SaveCheckpointAsync(EntrySet? set, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { LeaseId = _client.LeaseId },
            Metadata = set is null ? null : BlobMetadata.OfSet(set.Hash),
        };
        var answer = await _access.TryWriteAsync(BlobKind.Lease, _key, CheckpointText.Write(set), options, cancellation).ConfigureAwait(false);
        if (answer.IsValue)
            return;
        await _lost.CancelAsync().ConfigureAwait(false);
        throw _access.Calls.Refused(BlobAccess.Doing("writing a checkpoint to", BlobKind.Lease, _key), "LeaseLost");
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        if (_lost.IsCancellationRequested)
            return;
        _lost.CancelAfter(Timeout.Infinite);
        await ReleaseAsync().ConfigureAwait(false);
    }

    private async Task RenewAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token, _ended.Token);
        try
        {
            while (true)
            {
                await Task.Delay(_settings.LeaseRenewal, _clock, either.Token).ConfigureAwait(false);
                await RenewOnceAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private async Task RenewOnceAsync(CancellationToken cancellation)
    {
        try
        {
            var asked = _clock.GetTimestamp();
            var answer = await _access.Calls.AskAsync(
                BlobAccess.Doing("renewing", BlobKind.Lease, _key), attempt => _client.RenewAsync(cancellationToken: attempt.Token), cancellation).ConfigureAwait(false);
            if (answer.IsValue)
                _lost.CancelAfter(TimeLeft(asked));
            else
                await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (SharedStoreException)
        {
            // Not reached this time; the next renewal tries again while there is time left.
        }
    }

    /// <summary>A lease that cannot be given back runs out by itself, so nobody waits long for that.</summary>
    private async Task ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(_settings.LeaseDuration / 4, _clock);
        try
        {
            await _access.Calls.AskAsync(
                BlobAccess.Doing("giving back", BlobKind.Lease, _key), attempt => _client.ReleaseAsync(cancellationToken: attempt.Token), limit.Token).ConfigureAwait(false);
        }
        catch (Exception silence) when (silence is SharedStoreException or OperationCanceledException)
        {
            return;
        }
    }

    private TimeSpan TimeLeft(long asked) => _settings.LeaseDuration - _clock.GetElapsedTime(asked) is var left && left > TimeSpan.Zero
        ? left
        : TimeSpan.Zero;
}
