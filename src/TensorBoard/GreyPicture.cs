using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Tmrvc.TensorBoard;

/// <summary>A picture of one byte per point, rows from the top.</summary>
public sealed record GreyPicture(int Width, int Height, byte[] Pixels)
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Values of bands over time: the lowest band at the bottom, the least value black and the largest white.</summary>
    /// <param name="values">[bands, T], time contiguous, at least one, finite.</param>
    public static GreyPicture OfBands(ReadOnlySpan<float> values, int bands)
    {
        var frames = values.Length / bands;
        var (least, largest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values) (least, largest) = (MathF.Min(least, value), MathF.Max(largest, value));
        var scale = 255 / MathF.Max(largest - least, 1e-6f);
        var pixels = new byte[values.Length];
        for (var band = 0; band < bands; band++)
            for (var frame = 0; frame < frames; frame++)
                pixels[(bands - 1 - band) * frames + frame] = (byte)MathF.Round((values[band * frames + frame] - least) * scale);
        return new GreyPicture(frames, bands, pixels);
    }

    /// <summary>As a PNG file (ISO/IEC 15948): 8-bit greyscale, no filter.</summary>
    public byte[] Png()
    {
        var header = new byte[13]; // width, height, bits, greyscale, and three zeros: deflate, standard filters, no interlace
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 8;
        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", Deflated()), .. Chunk("IEND", [])];
    }

    private byte[] Deflated()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            for (var row = 0; row < Height; row++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(Pixels, row * Width, Width);
            }
        }
        return packed.ToArray();
    }

    /// <summary>Length, type, content, and the CRC-32 of type and content; big-endian.</summary>
    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc32.HashToUInt32(named));
        return chunk;
    }
}
