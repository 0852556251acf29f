using Azure.Storage.Blobs.Models;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Where a block of a large object lies.</summary>
internal readonly record struct BlockSpan(BlockId Id, long Offset, int Length)
{
    /// <returns>Null when the server's list is not one that this program writes, or is not of this size.</returns>
    public static BlockSpan[]? TryRead(IEnumerable<BlobBlock> listed, long size)
    {
        var (blocks, offset) = (new List<BlockSpan>(), 0L);
        foreach (var block in listed)
        {
            if (BlockId.TryParse(block.Name) is not { } id || id.Index != blocks.Count || block.SizeLong is < 1 or > TransferSlots.Bytes)
                return null;
            blocks.Add(new BlockSpan(id, offset, (int)block.SizeLong));
            offset += block.SizeLong;
        }
        return offset == size ? [.. blocks] : null;
    }
}
