using System.Buffers.Binary;
using System.Text;

namespace Tmrvc.Audio;

/// <summary>Numbers of a binary file of Sphinx, one after the other, in the order of bytes it was written in.</summary>
internal sealed class SphinxBytes(string path, byte[] bytes, int offset = 0, bool bigEndian = false)
{
    internal int Offset { get; private set; } = offset;

    internal int Left => bytes.Length - Offset;

    internal static SphinxBytes Open(string path)
    {
        if (!File.Exists(path))
            throw new UnusableAcousticModelException($"{path}: is not there; an acoustic model of Sphinx has such a file");
        return new(path, File.ReadAllBytes(path));
    }

    /// <summary>The same from here on, the order of bytes told by four of them.</summary>
    internal SphinxBytes Ordered(uint magic)
    {
        var found = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        if (found != magic && BinaryPrimitives.ReverseEndianness(found) != magic)
            throw Broken($"the mark of its byte order is {found:x8}, {magic:x8} is allowed in either order");
        return new(path, bytes, Offset, bigEndian: found != magic);
    }

    internal SphinxBytes From(int start) => new(path, bytes, start, bigEndian);

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
            throw Broken($"it ends at byte {bytes.Length}, and {count} bytes are needed from {Offset} on");
        Offset += count;
        return bytes.AsSpan(Offset - count, count);
    }

    internal int Int32()
    {
        var four = Take(4);
        return bigEndian ? BinaryPrimitives.ReadInt32BigEndian(four) : BinaryPrimitives.ReadInt32LittleEndian(four);
    }

    /// <summary>A number of things.</summary>
    internal int Count(string what, int most)
    {
        var count = Int32();
        return count >= 1 && count <= most ? count : throw Broken($"it has {count} {what}, 1 to {most} are allowed");
    }

    internal float[] Singles(int count)
    {
        var words = Take(checked(count * 4));
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = bigEndian
                ? BinaryPrimitives.ReadSingleBigEndian(words[(4 * i)..])
                : BinaryPrimitives.ReadSingleLittleEndian(words[(4 * i)..]);
        return values;
    }

    /// <summary>Text up to a byte, which is skipped.</summary>
    internal string TextTo(char end)
    {
        var length = bytes.AsSpan(Offset).IndexOf((byte)end);
        if (length < 0)
            throw Broken($"text from byte {Offset} on has no end");
        var text = Encoding.ASCII.GetString(Take(length));
        Take(1);
        return text;
    }

    internal UnusableAcousticModelException Broken(string how) => new($"{path}: {how}; fetch the acoustic model again");
}
