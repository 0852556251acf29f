using System.Buffers;
using System.IO.Hashing;

namespace Tmrvc.Corpora;

/// <summary>Copies one entry's bytes, never more than it says it has.</summary>
internal static class CheckedCopy
{
    private const int BufferLength = 256 * 1024;

    /// <returns>CRC-32 of the bytes, as zip has it.</returns>
    /// <exception cref="ArchiveException">There are more or fewer bytes than the entry says, or they cannot be read.</exception>
    internal static uint Run(ArchiveEntry entry, Stream source, Stream target, CancellationToken cancellation)
    {
        var (buffer, crc, copied) = (ArrayPool<byte>.Shared.Rent(BufferLength), new Crc32(), 0L);
        try
        {
            for (int read; (read = Read(entry, source, buffer)) > 0; copied += read)
            {
                cancellation.ThrowIfCancellationRequested();
                if (copied + read > entry.Length)
                    throw entry.Refused($"unpacks to more than the {entry.Length} bytes it says it has");
                crc.Append(buffer.AsSpan(0, read));
                target.Write(buffer, 0, read);
            }
            return copied == entry.Length ? crc.GetCurrentHashAsUInt32() : throw entry.Refused($"ends after {copied} of {entry.Length} bytes");
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
