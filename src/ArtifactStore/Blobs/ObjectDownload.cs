using Azure.Storage.Blobs.Models;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Brings large objects, block by block. Blocks that arrived before a break are not fetched again.</summary>
internal sealed class ObjectDownload(BlobAccess access, TransferSlots slots, BlobStoreSettings settings, TimeProvider clock)
{
    /// <param name="local">Where it is put together. Another process that wants the same object is waited for.</param>
    /// <param name="path">Where it goes when it is complete and verified.</param>
    /// <exception cref="UnusableContentException"/>
    /// <exception cref="StorageException"/>
    public async Task BringAsync(StoredObject content, LocalStore local, string path, TransferMeter meter, CancellationToken cancellation)
    {
        using var turn = await Lease.TakeAsync(local.LeasePath(content.Hash), () => { }, clock, cancellation).ConfigureAwait(false);
        if (new FileInfo(path) is { Exists: true } file && file.Length == content.Size)
        {
            meter.WasThere(content.Size);
            return;
        }
        for (var isLast = false; ; isLast = true)
            try
            {
                if (await TryBringAsync(content, local, path, meter, cancellation).ConfigureAwait(false))
                    return;
                throw new UnusableContentException(BlobKind.Object, content.Hash, "is damaged");
            }
            catch (UnusableContentException) when (!isLast)
            {
                // The list of blocks may have been damaged on its way, or what an earlier process left: both are made anew.
            }
    }

    /// <returns>False when the whole, put together, is not what it should be; nothing of it is left.</returns>
    private async Task<bool> TryBringAsync(StoredObject content, LocalStore local, string path, TransferMeter meter, CancellationToken cancellation)
    {
        var blocks = await BlocksAsync(content, cancellation).ConfigureAwait(false);
        using var file = new PartialFile(local.IncomingPath(content.Hash), blocks);
        var isWhole = await FillAsync(content, blocks, file, meter, cancellation).ConfigureAwait(false) == content.Hash;
        if (isWhole)
            file.MoveTo(path);
        else
            file.Discard();
        return isWhole;
    }

    /// <summary>The blocks of an object as the server lists them.</summary>
    /// <exception cref="UnusableContentException">Missing, or not of this size.</exception>
    public async Task<BlockSpan[]> BlocksAsync(StoredObject content, CancellationToken cancellation)
    {
        var answer = await access.Calls.AskAsync(
            BlobAccess.Doing("reading", BlobKind.Object, content.Hash),
            attempt => access.Blob(BlobKind.Object, content.Hash).GetBlockListAsync(BlockListTypes.Committed, cancellationToken: attempt.Token),
            cancellation).ConfigureAwait(false);
        if (!answer.IsValue)
            throw new UnusableContentException(BlobKind.Object, content.Hash, "is missing");
        return BlockSpan.TryRead(answer.Value.Value.CommittedBlocks, content.Size) ??
            throw new UnusableContentException(BlobKind.Object, content.Hash, "does not have the blocks and the size that it should have");
    }

    /// <summary>Reads one block, again while it arrives damaged.</summary>
    /// <exception cref="UnusableContentException"/>
    public async Task ReadAsync(ContentHash hash, BlockSpan block, Memory<byte> into, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < settings.Attempts; attempt++)
        {
            await access.ReadRangeAsync(BlobKind.Object, hash, block.Offset, into, cancellation).ConfigureAwait(false);
            if (BlockId.Of(block.Id.Index, into.Span) == block.Id)
                return;
        }
        throw new UnusableContentException(BlobKind.Object, hash, $"is damaged (block {block.Id.Index})");
    }

    private async Task<ContentHash> FillAsync(
        StoredObject content, BlockSpan[] blocks, PartialFile file, TransferMeter meter, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(blocks, options, async (block, inner) =>
        {
            using var slot = await slots.TakeAsync(inner).ConfigureAwait(false);
            var isThere = file.Has(block.Id.Index);
            if (isThere)
                meter.WasThere(block.Length);
            else
                await BringAsync(content.Hash, block, slot.Buffer.AsMemory(0, block.Length), file, meter, inner).ConfigureAwait(false);
            file.HashOn(slot.Buffer, isThere ? -1 : block.Id.Index);
        }).ConfigureAwait(false);
        using var last = await slots.TakeAsync(cancellation).ConfigureAwait(false);
        return file.Finish(last.Buffer);
    }

    private async Task BringAsync(
        ContentHash hash, BlockSpan block, Memory<byte> bytes, PartialFile file, TransferMeter meter, CancellationToken cancellation)
    {
        await ReadAsync(hash, block, bytes, cancellation).ConfigureAwait(false);
        file.Write(block.Id.Index, bytes.Span);
        meter.Moved(block.Length);
    }
}
