using System.Buffers;
using System.IO.Hashing;

namespace Tmrvc.Corpora;

/// <summary>Copies one entry's bytes, and stops when there are more than it says.</summary>
internal static class CheckedCopy
{
    private const int BufferLength = 256 * 1024;

    /// <returns>CRC-32 of the bytes, as zip has it.</returns>
    /// <exception cref="ArchiveException">There are not as many bytes as the entry says, or they cannot be read.</exception>
    internal static uint Run(ArchiveEntry entry, Stream source, Stream target, CancellationToken cancellation)
    {
        var (buffer, crc, copied) = (ArrayPool<byte>.Shared.Rent(BufferLength), new Crc32(), 0L);
        try
        {
            for (int read; copied <= entry.Length && (read = Read(entry, source, buffer)) > 0; copied += read)
            {
                cancellation.ThrowIfCancellationRequested();
                crc.Append(buffer.AsSpan(0, read));
                target.Write(buffer, 0, read);
            }
            return copied == entry.Length
                ? crc.GetCurrentHashAsUInt32()
                : throw entry.Refused($"is damaged or cut short: it says it has {entry.Length} bytes and has {copied} or more");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Read(ArchiveEntry entry, Stream source, byte[] buffer)
    {
        try
        {
            return source.Read(buffer, 0, buffer.Length);
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException)
        {
            throw new ArchiveException(entry.Refused($"is damaged or cut short ({cause.Message})").Message, cause);
        }
    }
}
