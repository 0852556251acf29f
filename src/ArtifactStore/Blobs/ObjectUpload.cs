using Azure.Storage.Blobs.Models;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Sends a large object as parallel blocks. Blocks that arrived before a break are not sent again.</summary>
internal sealed class ObjectUpload(BlobAccess access, TransferSlots slots, int parallelism)
{
    /// <param name="path">Of the file on this machine.</param>
    /// <param name="isSuspect">Whether what is there must be replaced.</param>
    /// <exception cref="StorageException">The file cannot be read, or does not read as it should.</exception>
    public async Task SendAsync(StoredObject content, string path, bool isSuspect, TransferMeter meter, CancellationToken cancellation)
    {
        if (!isSuspect && await access.TouchAsync(BlobKind.Object, content.Hash, cancellation).ConfigureAwait(false))
        {
            meter.WasThere(content.Size);
            return;
        }
        var staged = isSuspect ? [] : await StagedAsync(content.Hash, cancellation).ConfigureAwait(false);
        var ids = await StageAsync(content, path, staged, meter, cancellation).ConfigureAwait(false);
        if (await TryCommitAsync(content.Hash, ids, cancellation).ConfigureAwait(false))
            return;
        // The server has meanwhile forgotten blocks that it had listed.
        await StageAsync(content, path, [], new TransferMeter(0, null), cancellation).ConfigureAwait(false);
        await access.Calls.RunAsync(
            BlobAccess.Doing("finishing", BlobKind.Object, content.Hash), attempt => CommitAsync(content.Hash, ids, attempt), cancellation).ConfigureAwait(false);
    }

    private async Task<HashSet<(string Id, long Bytes)>> StagedAsync(ContentHash hash, CancellationToken cancellation)
    {
        var answer = await access.Calls.AskAsync(
            BlobAccess.Doing("resuming", BlobKind.Object, hash),
            attempt => access.Blob(BlobKind.Object, hash).GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: attempt.Token),
            cancellation).ConfigureAwait(false);
        return answer.IsValue ? [.. answer.Value.Value.UncommittedBlocks.Select(block => (block.Name, block.SizeLong))] : [];
    }

    private async Task<IReadOnlyList<string>> StageAsync(
        StoredObject content, string path, HashSet<(string, long)> staged, TransferMeter meter, CancellationToken cancellation)
    {
        var reader = new BlockReader(content, path, slots);
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(reader.ReadAsync(cancellation), options, async (block, inner) =>
        {
            using var slot = block.Slot;
            if (staged.Contains((block.Id.ToString(), block.Bytes.Length)))
            {
                meter.WasThere(block.Bytes.Length);
                return;
            }
            await StageAsync(content.Hash, block, inner).ConfigureAwait(false);
            meter.Moved(block.Bytes.Length);
        }).ConfigureAwait(false);
        return reader.Ids();
    }

    private Task StageAsync(ContentHash hash, FileBlock block, CancellationToken cancellation) =>
        access.Calls.RunAsync(BlobAccess.Doing("writing", BlobKind.Object, hash), async attempt =>
        {
            using var stream = new WatchedStream(block.Bytes, attempt);
            var options = new BlockBlobStageBlockOptions { TransferValidation = BlobAccess.Checked };
            return await access.Blob(BlobKind.Object, hash).StageBlockAsync(block.Id.ToString(), stream, options, attempt.Token).ConfigureAwait(false);
        }, cancellation);

    private async Task<bool> TryCommitAsync(ContentHash hash, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var answer = await access.Calls.AskAsync(
            BlobAccess.Doing("finishing", BlobKind.Object, hash), attempt => CommitAsync(hash, ids, attempt), cancellation).ConfigureAwait(false);
        return answer.IsValue;
    }

    private async Task<bool> CommitAsync(ContentHash hash, IReadOnlyList<string> ids, Attempt attempt)
    {
        await access.Blob(BlobKind.Object, hash).CommitBlockListAsync(ids, cancellationToken: attempt.Token).ConfigureAwait(false);
        return true;
    }
}
