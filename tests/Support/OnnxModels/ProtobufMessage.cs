using System.Text;

namespace Tmrvc.Support;

/// <summary>A protobuf message as it is written: fields in the order in which they are added.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly MemoryStream _bytes = new();

    internal ProtobufMessage Number(int field, long value)
    {
        Write((ulong)((field << 3) | Varint));
        Write((ulong)value);
        return this;
    }

    internal ProtobufMessage Real(int field, float value)
    {
        Write((ulong)((field << 3) | Fixed32));
        _bytes.Write(BitConverter.GetBytes(value));
        return this;
    }

    internal ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal ProtobufMessage Message(int field, ProtobufMessage value) => Bytes(field, value.ToArray());

    internal ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Write((ulong)((field << 3) | LengthDelimited));
        Write((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    internal byte[] ToArray() => _bytes.ToArray();

    private void Write(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
