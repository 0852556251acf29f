using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>A block of a file, in the memory of a slot that the receiver gives back.</summary>
internal sealed record FileBlock(BlockId Id, ReadOnlyMemory<byte> Bytes, TransferSlots.Slot Slot);

/// <summary>Reads a large object once, in order, and hashes it on the way.</summary>
internal sealed class BlockReader(StoredObject content, string path, TransferSlots slots)
{
    /// <summary>The fewer requests the quicker; the server takes 50,000 blocks of one blob, which is 780 GiB.</summary>
    private const int BlockBytes = TransferSlots.Bytes;

    private readonly List<string> _ids = [];
    private ContentHash? _hash;

    /// <summary>The ids of the blocks, once all are read.</summary>
    /// <exception cref="StorageException">The file does not have the content that its name says; so it is dropped.</exception>
    public IReadOnlyList<string> Ids()
    {
        if (_hash == content.Hash)
            return _ids;
        File.Delete(path);
        throw new StorageException($"{path}: damaged, so it was dropped. The next run restores it, or makes it again.");
    }

    /// <exception cref="StorageException"/>
    public async IAsyncEnumerable<FileBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = OpenFile();
        for (long offset = 0; offset < content.Size; offset += BlockBytes)
        {
            var slot = await slots.TakeAsync(cancellation).ConfigureAwait(false);
            var bytes = slot.Buffer.AsMemory(0, (int)Math.Min(BlockBytes, content.Size - offset));
            if (!TryFill(file, bytes.Span, offset, slot))
                yield break;
            hash.AppendData(bytes.Span);
            var id = BlockId.Of(_ids.Count, bytes.Span);
            _ids.Add(id.ToString());
            yield return new FileBlock(id, bytes, slot);
        }
        _hash = new ContentHash(hash.GetHashAndReset());
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle OpenFile()
    {
        try
        {
            return File.OpenHandle(path, options: FileOptions.SequentialScan);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(path, cause);
        }
    }

    private bool TryFill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> into, long offset, TransferSlots.Slot slot)
    {
        try
        {
            if (RandomAccess.Read(file, into, offset) == into.Length)
                return true;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            slot.Dispose();
            throw StorageException.About(path, cause);
        }
        slot.Dispose();
        return false;
    }
}
