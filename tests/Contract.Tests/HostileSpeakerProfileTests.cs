using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Contract.Tests;

public class HostileSpeakerProfileTests
{
    private const int FirstMetadataByte = 24 + 4 * (SpeakerProfiles.Embedding + SpeakerProfiles.LoraDelta);

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Any_single_flipped_byte_is_found(NonNegativeInt place, byte flip)
    {
        var file = SpeakerProfiles.PlainBytes();
        file[(int)(place.Get * 2654435761L % file.Length)] ^= (byte)(flip | 1);

        return SpeakerProfiles.Refusal(file).Contains(':', StringComparison.Ordinal).ToProperty();
    }

    [Test]
    public void Every_flipped_bit_of_header_and_checksum_is_found()
    {
        var sound = SpeakerProfiles.PlainBytes();
        int[] places = [.. Enumerable.Range(0, 24), .. Enumerable.Range(sound.Length - 32, 32)];

        Assert.Multiple(() =>
        {
            foreach (var place in places)
                for (var bit = 0; bit < 8; bit++)
                    SpeakerProfiles.Refusal(With(sound, place, (byte)(sound[place] ^ 1 << bit)));
        });
    }

    [TestCase(0, 'X', "is no speaker profile")]
    [TestCase(4, 1, "is of version 1, 2 is allowed")]
    [TestCase(8, 0, "has an embedding of 0 values, 192 are allowed")]
    [TestCase(13, 0, "has a LoRA delta of 0 values, 24576 are allowed")]
    [TestCase(19, 0xff, "bytes of metadata, 16777216 are allowed")]
    [TestCase(16, 0, "its header tells of")]
    [TestCase(20, 1, "has 1 in the reserved field of its header, 0 is allowed")]
    [TestCase(500, 0, "is damaged: its SHA-256 is not that of its content")]
    public void A_wrong_byte_is_named_by_what_it_makes_of_the_file(int place, int value, string reason)
    {
        var sound = SpeakerProfiles.PlainBytes();

        Assert.That(SpeakerProfiles.Refusal(With(sound, place, (byte)value)), Does.Contain(reason));
    }

    [Test]
    public void A_wrong_count_with_a_right_checksum_is_refused()
    {
        var file = With(SpeakerProfiles.PlainBytes(), 8, 191);

        Assert.That(SpeakerProfiles.Refusal(SpeakerProfiles.Sealed(file)), Does.Contain("has an embedding of 191 values, 192 are allowed"));
    }

    [Test]
    public void A_file_cut_anywhere_is_refused([Values(0, 3, 4, 23, 24, 5000, 99096, -33, -1)] int length)
    {
        var sound = SpeakerProfiles.PlainBytes();

        Assert.That(
            SpeakerProfiles.Refusal(sound[..(length < 0 ? sound.Length + length : length)]),
            Does.Contain("cut short").Or.Contain("is no speaker profile"));
    }

    [Test]
    public void A_tail_is_refused() =>
        Assert.That(SpeakerProfiles.Refusal([.. SpeakerProfiles.PlainBytes(), 0]), Does.Contain("has a tail"));

    [Test]
    public void A_file_larger_than_any_profile_is_not_read()
    {
        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder["x"]))
            stream.SetLength(1L << 40);

        Assert.That(() => SpeakerProfiles.Format.Read(folder["x"]), Throws.TypeOf<SpeakerProfileException>().With.Message.Contains("at most"));
    }

    [Test]
    public void Numbers_that_are_none_are_refused_in_a_file_whose_checksum_is_right(
        [Values(float.NaN, float.PositiveInfinity, float.NegativeInfinity)] float value)
    {
        var file = SpeakerProfiles.PlainBytes();
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(24 + 4 * (SpeakerProfiles.Embedding + 7)), value);

        Assert.That(SpeakerProfiles.Refusal(SpeakerProfiles.Sealed(file)), Does.Contain("at place 7 of its LoRA delta, finite numbers are allowed"));
    }

    [TestCase("""{"author_name":"nobody","pad":"                                        """)]
    [TestCase("""{"profile_name":null""")]
    [TestCase("""{"profile_name":"a","profile_name":"b""")]
    [TestCase("""{"profile_name":"a","source_audio_files":7""")]
    [TestCase("""{"profile_name":"a","thumbnail_b64":"%%%""")]
    [TestCase("[1,2,3]")]
    [TestCase("not json")]
    public void Metadata_that_tell_no_profile_are_refused(string json)
    {
        var file = SpeakerProfiles.PlainBytes();
        var metadata = file.AsSpan(FirstMetadataByte..^32);
        metadata.Fill((byte)' ');
        Encoding.UTF8.GetBytes(json).CopyTo(metadata);
        metadata[^1] = (byte)'}';

        Assert.That(SpeakerProfiles.Refusal(SpeakerProfiles.Sealed(file)), Does.Contain("has metadata that cannot be read"));
    }

    [Test]
    public void Text_that_is_no_UTF8_is_refused()
    {
        var file = SpeakerProfiles.PlainBytes();
        file[FirstMetadataByte + file.AsSpan(FirstMetadataByte).IndexOf("June"u8)] = 0xff;

        Assert.That(SpeakerProfiles.Refusal(SpeakerProfiles.Sealed(file)), Does.Contain("has metadata that cannot be read"));
    }

    [Test]
    public void A_profile_of_other_counts_is_not_written()
    {
        using var folder = new TemporaryFolder();

        Assert.That(
            () => SpeakerProfiles.Format.Save(folder["x"], SpeakerProfiles.Plain() with { Embedding = new float[256] }),
            Throws.TypeOf<SpeakerProfileException>().With.Message.Contains("has an embedding of 256 values, 192 are allowed"));
        Assert.That(File.Exists(folder["x"]), Is.False);
    }

    [Test]
    public void A_profile_with_numbers_that_are_none_is_not_written()
    {
        using var folder = new TemporaryFolder();
        var profile = SpeakerProfiles.Plain();
        profile.Embedding[3] = float.NaN;

        Assert.That(
            () => SpeakerProfiles.Format.Save(folder["x"], profile),
            Throws.TypeOf<SpeakerProfileException>().With.Message.Contains("has NaN at place 3 of its embedding"));
    }

    [TestCase("1e300", "0.2", "has 1E+300 as log_f0_mean, 3 to 7.6 are allowed")]
    [TestCase("1e999", "0.2", "as log_f0_mean")]
    [TestCase("-5", "0.2", "has -5 as log_f0_mean")]
    [TestCase("5", "-0.1", "has -0.1 as log_f0_deviation, 0 to 2 are allowed")]
    [TestCase("5", "1e5", "as log_f0_deviation")]
    public void A_range_of_F0_that_is_no_voice_s_is_refused_by_its_field(string mean, string deviation, string reason)
    {
        var file = SpeakerProfiles.PlainBytes();
        var metadata = file.AsSpan(FirstMetadataByte..^32);
        metadata.Fill((byte)' ');
        Encoding.UTF8.GetBytes($$"""{"profile_name":"a","log_f0_mean":{{mean}},"log_f0_deviation":{{deviation}}}""").CopyTo(metadata);

        Assert.That(SpeakerProfiles.Refusal(SpeakerProfiles.Sealed(file)), Does.Contain(reason));
    }

    [Test]
    public void A_hash_that_is_none_is_refused_by_its_field()
    {
        using var folder = new TemporaryFolder();
        var profile = SpeakerProfiles.Plain();
        Assert.That(
            () => SpeakerProfiles.Format.Save(folder["x"], profile with { Metadata = profile.Metadata with { ConverterSha256 = "abc" } }),
            Throws.TypeOf<SpeakerProfileException>().With.Message.Contains("has a converter_sha256 of 3 characters, 64 lower-case hexadecimal digits are allowed"));
    }

    private static byte[] With(byte[] sound, int place, byte value)
    {
        byte[] file = [.. sound];
        file[place] = value;
        return file;
    }
}
