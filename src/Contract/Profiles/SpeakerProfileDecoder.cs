using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tmrvc.Contract;

/// <summary>The bytes of a file as a speaker profile. Nothing of them is taken before the checksum is right.</summary>
internal static class SpeakerProfileDecoder
{
    /// <exception cref="SpeakerProfileException">It is of another kind or version, damaged, or made for other models.</exception>
    internal static SpeakerProfile Decode(ReadOnlySpan<byte> file, SpeakerProfileHeader expected)
    {
        var header = SpeakerProfileHeader.Read(file);
        header.RequireCounts(expected);
        RequireWhole(file, header);
        var place = SpeakerProfileHeader.Bytes;
        var embedding = Floats(file, ref place, (int)header.Embedding);
        var delta = Floats(file, ref place, (int)header.LoraDelta);
        var profile = new SpeakerProfile(embedding, delta, SpeakerProfileJson.Read(file.Slice(place, (int)header.Metadata)));
        SpeakerProfileNumbers.Require(profile);
        return profile;
    }

    private static void RequireWhole(ReadOnlySpan<byte> file, SpeakerProfileHeader header)
    {
        if (file.Length != header.FileBytes)
            throw new SpeakerProfileException(
                $"has {file.Length} bytes, its header tells of {header.FileBytes}: it is cut short, has a tail, or its header is damaged");
        if (!SHA256.HashData(file[..^SpeakerProfileHeader.ChecksumBytes]).AsSpan().SequenceEqual(file[^SpeakerProfileHeader.ChecksumBytes..]))
            throw new SpeakerProfileException("is damaged: its SHA-256 is not that of its content; copy or export it again");
    }

    private static float[] Floats(ReadOnlySpan<byte> file, ref int place, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++, place += sizeof(float))
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(file[place..]);
        return values;
    }
}
