using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Tmrvc.ArtifactStore;

/// <summary>Reads a file and hashes its bytes.</summary>
public static class FileHash
{
    private const int BufferLength = 256 * 1024;

    /// <exception cref="StorageException">The file cannot be read.</exception>
    public static ContentHash Compute(string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            return Compute(file, buffer);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw new StorageException($"{path}: cannot be read ({cause.Message}).", cause);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ContentHash Compute(SafeFileHandle file, byte[] buffer)
    {
        var read = RandomAccess.Read(file, buffer, 0);
        if (read < buffer.Length && RandomAccess.GetLength(file) <= read)
            return ContentHash.Of(buffer.AsSpan(0, read));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long offset = 0; read > 0; read = RandomAccess.Read(file, buffer, offset))
        {
            hash.AppendData(buffer, 0, read);
            offset += read;
        }
        return new ContentHash(hash.GetHashAndReset());
    }
}
