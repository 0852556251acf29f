using System.Buffers.Binary;
using System.IO.Hashing;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// The name of a block within a large object: its place and the XXH128 of its bytes. So an upload that was cut off finds what it has
/// sent, and a download sees at once that a block was damaged on its way. That the whole is right, SHA-256 tells.
/// </summary>
internal readonly record struct BlockId(int Index, UInt128 Checksum)
{
    private const int ByteCount = 20;

    public static BlockId Of(int index, ReadOnlySpan<byte> bytes) => new(index, XxHash128.HashToUInt128(bytes));

    public static BlockId? TryParse(string text)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == ByteCount
            ? new BlockId(BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[4..]))
            : null;
    }

    /// <summary>Base 64, as the server wants it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Index);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[4..], Checksum);
        return Convert.ToBase64String(bytes);
    }
}
