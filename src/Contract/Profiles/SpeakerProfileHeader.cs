using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tmrvc.Contract;

/// <summary>
/// The first bytes of a speaker profile: "TMSP", then version, counts of embedding and LoRA delta, bytes of metadata and 0 as 32-bit
/// numbers. After it come embedding and delta (float32), the metadata (JSON, UTF-8) and the SHA-256 of all before. Little-endian.
/// </summary>
/// <param name="Metadata">Bytes.</param>
internal readonly record struct SpeakerProfileHeader(long Embedding, long LoraDelta, long Metadata)
{
    internal const int Bytes = 24;
    internal const int ChecksumBytes = SHA256.HashSizeInBytes;

    /// <summary>A picture may be part of it.</summary>
    internal const int MostMetadata = 16 << 20;

    private const uint Version = 2;

    internal long FileBytes => Bytes + sizeof(float) * (Embedding + LoraDelta) + Metadata + ChecksumBytes;

    private static ReadOnlySpan<byte> Magic => "TMSP"u8;

    internal void Write(Span<byte> file)
    {
        Magic.CopyTo(file);
        uint[] fields = [Version, (uint)Embedding, (uint)LoraDelta, (uint)Metadata, 0];
        for (var i = 0; i < fields.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(file[(4 + 4 * i)..], fields[i]);
    }

    /// <exception cref="SpeakerProfileException">They are the first bytes of something else.</exception>
    internal static SpeakerProfileHeader Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic))
            throw new SpeakerProfileException("is no speaker profile: it does not begin with \"TMSP\"");
        if (file.Length < Bytes)
            throw new SpeakerProfileException($"is cut short: it has {file.Length} bytes, its header alone takes {Bytes}");
        if (Field(file, 0) is var version and not Version)
            throw new SpeakerProfileException($"is of version {version}, {Version} is allowed; export the speaker again");
        if (Field(file, 4) is var reserved and not 0)
            throw new SpeakerProfileException($"has {reserved} in the reserved field of its header, 0 is allowed");
        return new SpeakerProfileHeader(Field(file, 1), Field(file, 2), Field(file, 3));
    }

    private static uint Field(ReadOnlySpan<byte> file, int index) => BinaryPrimitives.ReadUInt32LittleEndian(file[(4 + 4 * index)..]);

    /// <exception cref="SpeakerProfileException">The profile is of other models, or its metadata is too long.</exception>
    internal void RequireCounts(SpeakerProfileHeader expected)
    {
        if (Embedding != expected.Embedding)
            throw new SpeakerProfileException($"has an embedding of {Embedding} values, {expected.Embedding} are allowed");
        if (LoraDelta != expected.LoraDelta)
            throw new SpeakerProfileException($"has a LoRA delta of {LoraDelta} values, {expected.LoraDelta} are allowed");
        if (Metadata > MostMetadata)
            throw new SpeakerProfileException($"has {Metadata} bytes of metadata, {MostMetadata} are allowed");
    }
}
