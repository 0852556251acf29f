using System.Buffers.Binary;

namespace Tmrvc.TensorBoard;

/// <summary>TFRecord: length (u64), its masked CRC-32C, the bytes, theirs; little-endian.</summary>
internal static class RecordFraming
{
    private const int Header = sizeof(ulong) + sizeof(uint);
    private const int Footer = sizeof(uint);

    public static byte[] Frame(ReadOnlySpan<byte> content)
    {
        var record = new byte[Header + content.Length + Footer];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedCrc.Of(record.AsSpan(0, sizeof(ulong))));
        content.CopyTo(record.AsSpan(Header));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Header + content.Length), MaskedCrc.Of(content));
        return record;
    }

    /// <summary>The record at the stream's position, which moves behind it.</summary>
    /// <returns>Null at the end, and where what follows is torn or damaged.</returns>
    public static byte[]? Next(Stream stream)
    {
        Span<byte> header = stackalloc byte[Header];
        if (stream.ReadAtLeast(header, Header, throwOnEndOfStream: false) < Header || !IsWhole(header[..sizeof(ulong)], header[sizeof(ulong)..]))
            return null;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (length > (ulong)(stream.Length - stream.Position))
            return null;
        var rest = new byte[length + Footer];
        return stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) == rest.Length && IsWhole(rest.AsSpan(0, (int)length), rest.AsSpan((int)length))
            ? rest[..(int)length]
            : null;
    }

    private static bool IsWhole(ReadOnlySpan<byte> content, ReadOnlySpan<byte> crc) =>
        BinaryPrimitives.ReadUInt32LittleEndian(crc) == MaskedCrc.Of(content);
}
