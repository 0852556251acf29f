using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tmrvc.Contract;

/// <summary>A speaker profile as the bytes of its file.</summary>
internal static class SpeakerProfileEncoder
{
    /// <exception cref="SpeakerProfileException">The profile has other counts, or values that are no numbers.</exception>
    internal static byte[] Encode(SpeakerProfileHeader expected, SpeakerProfile profile)
    {
        var metadata = SpeakerProfileJson.Write(profile.Metadata);
        var header = new SpeakerProfileHeader(profile.Embedding.Length, profile.LoraDelta.Length, metadata.Length);
        header.RequireCounts(expected);
        SpeakerProfileNumbers.Require(profile);
        var file = new byte[header.FileBytes];
        header.Write(file);
        var place = Write(profile.Embedding, file, SpeakerProfileHeader.Bytes);
        place = Write(profile.LoraDelta, file, place);
        metadata.CopyTo(file, place);
        SHA256.HashData(file.AsSpan(..^SpeakerProfileHeader.ChecksumBytes), file.AsSpan(^SpeakerProfileHeader.ChecksumBytes..));
        return file;
    }

    private static int Write(float[] values, Span<byte> file, int place)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(file[place..], value);
            place += sizeof(float);
        }
        return place;
    }
}
