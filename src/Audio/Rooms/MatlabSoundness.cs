using System.Buffers.Binary;
using System.IO.Compression;

namespace Tmrvc.Audio;

/// <summary>
/// Whether a MATLAB file of format 5 is all there: libmatio gives what it can of a file that was cut or damaged, and does not say so.
/// </summary>
internal static class MatlabSoundness
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;
    private const int CompressedType = 15;

    /// <exception cref="UnreadableAudioException">An element is not as long as it says, or its checksum is wrong.</exception>
    internal static void Require(string path)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        for (var place = HeaderBytes; place < file.Length;)
        {
            if (place + TagBytes > file.Length)
                throw new UnreadableAudioException(path, $"cut short after {file.Length} bytes");
            var (type, length) = Tag(file[place..]);
            var there = file.Length - place - TagBytes;
            if (length > there)
                throw new UnreadableAudioException(path, $"cut short: the element at byte {place} has {length} bytes, {there} are there");
            if (type == CompressedType && !IsWhole(file.Slice(place + TagBytes, (int)length)))
                throw new UnreadableAudioException(path, $"damaged: the compressed element at byte {place} does not unpack");
            place += TagBytes + (int)length;
        }
    }

    private static (uint Type, uint Length) Tag(ReadOnlySpan<byte> tag) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(tag), BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]));

    /// <summary>The packer's checksum is looked at on the way.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> compressed)
    {
        try
        {
            using var inflater = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            inflater.CopyTo(Stream.Null);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
