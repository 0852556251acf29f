using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>A lease that the server holds for us. It counts as lost when the server says so, or when it may have run out unrenewed.</summary>
internal sealed class BlobLease : ISharedLease
{
    private readonly BlobAccess _access;
    private readonly ContentHash _key;
    private readonly string _id;
    private readonly BlobStoreSettings _settings;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private long _renewed;

    /// <param name="asked">When the request was sent that took it: from then on the server's time runs at the earliest.</param>
    public BlobLease(BlobAccess access, ContentHash key, string id, BlobStoreSettings settings, TimeProvider clock, long asked)
    {
        (_access, _key, _id, _settings, _clock, _renewed) = (access, key, id, settings, clock, asked);
        _renewing = RenewAsync();
    }

    public CancellationToken Lost => _lost.Token;

    public async Task SaveCheckpointAsync(EntrySet? set, CancellationToken cancellation)
    {
        var (conditions, metadata) = (new BlobRequestConditions { LeaseId = _id }, set is null ? null : BlobMetadata.OfSet(set.Hash));
        var answer = await _access.WriteAsync(BlobKind.Lease, _key, CheckpointText.Write(set), conditions, metadata, cancellation).ConfigureAwait(false);
        if (answer.IsValue)
            return;
        await _lost.CancelAsync().ConfigureAwait(false);
        throw _access.Calls.Refused(BlobAccess.Doing("writing a checkpoint to", BlobKind.Lease, _key), "LeaseLost");
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        if (!_lost.IsCancellationRequested)
            await ReleaseAsync().ConfigureAwait(false);
        _lost.Dispose();
        _ended.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (!_lost.IsCancellationRequested)
            {
                await Task.Delay(_settings.LeaseRenewal, _clock, _ended.Token).ConfigureAwait(false);
                await RenewOnceAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>One renewal with all its tries, as long as the lease cannot have run out.</summary>
    private async Task RenewOnceAsync()
    {
        var asked = _clock.GetTimestamp();
        using var left = new CancellationTokenSource(Positive(_settings.LeaseDuration - _clock.GetElapsedTime(_renewed, asked)), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left.Token, _ended.Token);
        try
        {
            var answer = await _access.Calls.AskAsync(
                BlobAccess.Doing("renewing", BlobKind.Lease, _key),
                attempt => Client.RenewAsync(cancellationToken: attempt.Token), either.Token).ConfigureAwait(false);
            if (answer.IsValue)
                _renewed = asked;
            else
                await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_ended.IsCancellationRequested)
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (SharedStoreException)
        {
            // Not reached this time; the next renewal tries again while there is time left.
        }
    }

    /// <summary>A lease that cannot be given back runs out by itself.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            await _access.Calls.AskAsync(
                BlobAccess.Doing("giving back", BlobKind.Lease, _key),
                attempt => Client.ReleaseAsync(cancellationToken: attempt.Token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SharedStoreException)
        {
            return;
        }
    }

    private BlobLeaseClient Client => _access.Blob(BlobKind.Lease, _key).GetBlobLeaseClient(_id);

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(1);
}
