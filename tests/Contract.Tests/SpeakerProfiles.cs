using System.Security.Cryptography;

namespace Tmrvc.Contract.Tests;

/// <summary>Small profiles, and files of them that somebody has tampered with.</summary>
internal static class SpeakerProfiles
{
    internal const int Embedding = 192;
    internal const int LoraDelta = 24576;

    internal static readonly SpeakerProfileFile Format = new(Embedding, LoraDelta);

    internal static SpeakerProfile Of(float[] embedding, float[] delta) => new(embedding, delta, new SpeakerProfileMetadata
    {
        ProfileName = "花子 \"one\"",
        AuthorName = "June",
        LicenceUrl = "https://creativecommons.org/licenses/by/4.0/",
        CreatedAt = new DateTimeOffset(2025, 3, 4, 5, 6, 7, TimeSpan.Zero),
        SourceAudioFiles = ["a.wav", "b.flac"],
        TrainingMode = "few_shot",
        Thumbnail = [0x89, 0x50, 0x4e, 0x47],
    });

    internal static SpeakerProfile Plain() => Of(
        [.. Enumerable.Range(0, Embedding).Select(i => MathF.Sin(i))], [.. Enumerable.Range(0, LoraDelta).Select(i => MathF.Cos(i) / 7)]);

    internal static byte[] PlainBytes()
    {
        using var folder = new TemporaryFolder();
        Format.Save(folder["x"], Plain());
        return File.ReadAllBytes(folder["x"]);
    }

    /// <summary>With a checksum that is right for what the file holds now.</summary>
    internal static byte[] Sealed(byte[] file)
    {
        SHA256.HashData(file.AsSpan(..^32), file.AsSpan(^32..));
        return file;
    }

    internal static SpeakerProfile Read(byte[] file)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x"], file);
        return Format.Read(folder["x"]);
    }

    internal static string Refusal(byte[] file) => Assert.Throws<SpeakerProfileException>(() => Read(file))!.Message;
}
