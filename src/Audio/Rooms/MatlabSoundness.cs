using System.Buffers.Binary;
using System.IO.Compression;

namespace Tmrvc.Audio;

/// <summary>
/// Whether a MATLAB file of format 5 is all there: libmatio gives what it can of a file that was cut or damaged, and does not say so.
/// Nor does it mind how much memory a small file asks for.
/// </summary>
internal static class MatlabSoundness
{
    /// <summary>Of a file, its elements unpacked; and of one variable. A response of ten minutes fits.</summary>
    internal const long MostBytes = 256 << 20;

    private const int HeaderBytes = 128;
    private const int TagBytes = 8;
    private const int CompressedType = 15;

    /// <exception cref="UnreadableAudioException">
    /// An element is not as long as it says, its checksum is wrong, or all together are larger than <paramref name="mostBytes"/>.
    /// </exception>
    internal static void Require(string path, long mostBytes = MostBytes)
    {
        using var file = File.OpenRead(path);
        if (file.Length > mostBytes)
            throw TooLarge("has", path, mostBytes);
        var left = mostBytes;
        for (var place = (long)HeaderBytes; place < file.Length;)
        {
            var (type, length) = Tag(file, place, path);
            left -= type == CompressedType ? Unpacked(file, length, left, path, place) : length;
            if (left < 0)
                throw TooLarge("unpacks to", path, mostBytes);
            place += TagBytes + length;
        }
    }

    private static UnreadableAudioException TooLarge(string verb, string path, long mostBytes) =>
        new(path, $"{verb} more than {mostBytes / 1048576.0:0.##} MiB, which are allowed");

    private static (uint Type, uint Length) Tag(FileStream file, long place, string path)
    {
        Span<byte> tag = stackalloc byte[TagBytes];
        file.Position = place;
        if (file.ReadAtLeast(tag, TagBytes, throwOnEndOfStream: false) < TagBytes)
            throw new UnreadableAudioException(path, $"cut short after {file.Length} bytes");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]);
        var there = file.Length - place - TagBytes;
        return length > there
            ? throw new UnreadableAudioException(path, $"cut short: the element at byte {place} has {length} bytes, {there} are there")
            : (BinaryPrimitives.ReadUInt32LittleEndian(tag), length);
    }

    /// <returns>Bytes, not many more than <paramref name="most"/>. The packer's checksum is looked at on the way.</returns>
    private static long Unpacked(FileStream file, uint length, long most, string path, long place)
    {
        var (buffer, bytes) = (new byte[1 << 16], 0L);
        try
        {
            var compressed = new byte[length];
            file.ReadExactly(compressed);
            using var inflater = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            for (int read; bytes <= most && (read = inflater.Read(buffer)) > 0;)
                bytes += read;
            return bytes;
        }
        catch (InvalidDataException)
        {
            throw new UnreadableAudioException(path, $"damaged: the compressed element at byte {place} does not unpack");
        }
    }
}
