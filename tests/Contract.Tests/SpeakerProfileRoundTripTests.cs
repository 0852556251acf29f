using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Contract.Tests;

public class SpeakerProfileRoundTripTests
{
    [FsCheck.NUnit.Property(MaxTest = 50)]
    public Property Any_numbers_read_back_bit_for_bit(NormalFloat[] some)
    {
        var (embedding, delta) = (new float[SpeakerProfiles.Embedding], new float[SpeakerProfiles.LoraDelta]);
        for (var i = 0; i < some.Length; i++)
            embedding[i % embedding.Length] = delta[^(1 + i % delta.Length)] = Finite(some[i]);
        using var folder = new TemporaryFolder();
        SpeakerProfiles.Format.Save(folder["x"], SpeakerProfiles.Of(embedding, delta));

        var back = SpeakerProfiles.Format.Read(folder["x"]);

        return (Bits(back.Embedding).SequenceEqual(Bits(embedding)) && Bits(back.LoraDelta).SequenceEqual(Bits(delta))).ToProperty();
    }

    private static float Finite(NormalFloat value) => float.IsFinite((float)value.Item) ? (float)value.Item : -0f;

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);

    [Test]
    public void The_metadata_reads_back_with_fields_that_only_others_know()
    {
        using var folder = new TemporaryFolder();
        var others = new Dictionary<string, JsonElement> { ["voice_age"] = JsonSerializer.SerializeToElement(42) };
        var profile = SpeakerProfiles.Plain();
        SpeakerProfiles.Format.Save(folder["x"], profile with { Metadata = profile.Metadata with { Others = others } });

        var back = SpeakerProfiles.Format.Read(folder["x"]).Metadata;

        Assert.Multiple(() =>
        {
            Assert.That(back.ProfileName, Is.EqualTo("花子 \"one\""));
            Assert.That(back.AuthorName, Is.EqualTo("June"));
            Assert.That(back.LicenceUrl, Is.EqualTo(profile.Metadata.LicenceUrl));
            Assert.That(back.CreatedAt, Is.EqualTo(profile.Metadata.CreatedAt));
            Assert.That(back.SourceAudioFiles, Is.EqualTo(profile.Metadata.SourceAudioFiles));
            Assert.That(back.TrainingMode, Is.EqualTo("few_shot"));
            Assert.That(back.Thumbnail, Is.EqualTo(profile.Metadata.Thumbnail));
            Assert.That(back.Others!["voice_age"].GetInt32(), Is.EqualTo(42));
        });
    }

    [Test]
    public void The_bytes_are_those_of_the_format()
    {
        var file = SpeakerProfiles.PlainBytes();
        var metadata = BitConverter.ToInt32(file, 16);

        Assert.Multiple(() =>
        {
            Assert.That(file[..4], Is.EqualTo("TMSP"u8.ToArray()));
            Assert.That(Enumerable.Range(1, 3).Select(field => BitConverter.ToInt32(file, 4 * field)), Is.EqualTo([2, 192, 24576]));
            Assert.That(BitConverter.ToInt32(file, 20), Is.Zero);
            Assert.That(file, Has.Length.EqualTo(24 + 4 * (192 + 24576) + metadata + 32));
            Assert.That(BitConverter.ToSingle(file, 24 + 4), Is.EqualTo(MathF.Sin(1)));
            Assert.That(BitConverter.ToSingle(file, 24 + 4 * 192), Is.EqualTo(1f / 7));
            Assert.That(JsonDocument.Parse(file.AsMemory(24 + 4 * 24768, metadata)).RootElement.GetProperty("thumbnail_b64").GetString(),
                Is.EqualTo("iVBORw=="));
        });
    }

    [Test]
    public void Equal_profiles_give_equal_bytes()
    {
        var once = SpeakerProfiles.PlainBytes();

        Assert.That(SpeakerProfiles.PlainBytes(), Is.EqualTo(once));
    }
}
