using System.Buffers.Binary;
using System.Numerics;

namespace Tmrvc.TensorBoard;

/// <summary>CRC-32C (Castagnoli) as the TFRecord format stores it: rotated right by 15 bits, plus a constant.</summary>
internal static class MaskedCrc
{
    private const uint Mask = 0xa282ead8;

    public static uint Of(ReadOnlySpan<byte> bytes) => unchecked(BitOperations.RotateRight(Plain(bytes), 15) + Mask);

    private static uint Plain(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var rest in bytes)
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
