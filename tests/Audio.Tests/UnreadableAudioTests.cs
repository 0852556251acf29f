using System.Buffers.Binary;
using System.Text;
using Tmrvc.Audio.Native;
using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class UnreadableAudioTests
{
    private readonly Folder folder = new();

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("empty.wav")]
    [TestCase("empty.g722")]
    public void An_empty_file_is_called_empty(string name) => AssertUnreadable(name, [], "empty: 0 bytes");

    [TestCase("notes.wav")]
    [TestCase("notes.mp3")]
    [TestCase("notes.g722")]
    public void Text_is_quoted(string name) =>
        AssertUnreadable(name, Encoding.ASCII.GetBytes("Dear reader,\nthis is not audio.\n"), "not audio: text that starts with \"Dear reader,\"");

    [Test]
    public void Noise_that_is_named_wav_is_shown_by_its_first_bytes()
    {
        var noise = new byte[5000];
        new Random(3).NextBytes(noise);
        noise[0] = 0xA7;
        AssertUnreadable("noise.wav", noise, $"not audio: unknown data that starts with {Convert.ToHexString(noise.AsSpan(0, 8))}");
    }

    [TestCase("archive.flac", "PK\u0003\u0004rest", "not readable as audio: a zip archive")]
    [TestCase("paper.ogg", "%PDF-1.7 rest\u0001", "not readable as audio: a PDF document")]
    public void Another_kind_of_file_is_named(string name, string content, string found) =>
        AssertUnreadable(name, Encoding.Latin1.GetBytes(content), found);

    [Test]
    public void A_wav_file_that_is_named_g722_is_not_decoded_as_noise()
    {
        AudioFile.WriteWav16(folder.File("real.wav"), new AudioBuffer(Signals.Tone(440, 0.1, 16000), 16000));
        AssertUnreadable("wave.g722", File.ReadAllBytes(folder.File("real.wav")), "a RIFF (wav) file");
    }

    [Test]
    public void A_wav_file_cut_in_half_is_called_cut_short()
    {
        AudioFile.WriteWav16(folder.File("whole.wav"), new AudioBuffer(Signals.Tone(440, 1, 24000), 24000));
        var whole = File.ReadAllBytes(folder.File("whole.wav"));
        AssertUnreadable("half.wav", whole[..(whole.Length / 2)], $"cut short: {whole.Length / 2} of {whole.Length} bytes");
    }

    [Test]
    public void A_flac_file_cut_in_half_is_not_taken_for_a_shorter_one()
    {
        AudioFile.WriteFlac16(folder.File("whole.flac"), new AudioBuffer(Signals.Noise(1, 24000), 24000));
        var whole = File.ReadAllBytes(folder.File("whole.flac"));
        AssertUnreadable("half.flac", whole[..(whole.Length / 2)], "cut short");
    }

    [TestCase("whole.ogg", SoundEncoder.OggVorbis)]
    [TestCase("whole.opus", SoundEncoder.OggOpus)]
    public void An_ogg_file_cut_in_half_is_not_taken_for_a_shorter_one(string name, int format)
    {
        SoundEncoder.Write(folder.File(name), format, 48000, Signals.Noise(5, 48000));
        var whole = File.ReadAllBytes(folder.File(name));
        Assert.That(AudioFile.Read(folder.File(name)).Seconds, Is.EqualTo(5).Within(0.1));
        AssertUnreadable("half-" + name, whole[..(whole.Length / 2)], "cut short: the end of its Ogg stream is not there");
    }

    [Test]
    public void An_ogg_file_whose_recorder_never_marked_the_last_page_is_read()
    {
        SoundEncoder.Write(folder.File("live.ogg"), SoundEncoder.OggVorbis, 48000, Signals.Noise(5, 48000));
        var whole = File.ReadAllBytes(folder.File("live.ogg"));
        var last = whole.AsSpan(whole.AsSpan().LastIndexOf("OggS"u8));
        Assert.That(last[5] & 4, Is.EqualTo(4), "RFC 3533: end of stream");
        last[5] &= unchecked((byte)~4);
        last[22..26].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(last[22..], PageChecksum(last));
        File.WriteAllBytes(folder.File("live.ogg"), whole);
        Assert.That(AudioFile.Read(folder.File("live.ogg")).Seconds, Is.EqualTo(5).Within(0.1));
    }

    /// <summary>RFC 3533: CRC-32 of polynomial 0x04C11DB7, from 0, neither reflected nor inverted.</summary>
    private static uint PageChecksum(ReadOnlySpan<byte> page)
    {
        var sum = 0u;
        foreach (var value in page)
        {
            sum ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x80000000) != 0 ? sum << 1 ^ 0x04C11DB7 : sum << 1;
        }
        return sum;
    }

    [Test]
    public void A_wav_file_of_a_header_alone_holds_no_samples()
    {
        SoundEncoder.Write(folder.File("header.wav"), SndFile.Wav | SndFile.Pcm16, 24000, []);
        Assert.That(() => AudioFile.Read(folder.File("header.wav")),
            Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("holds no samples"));
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void A_sample_that_is_no_number_is_pointed_out(float sample)
    {
        var samples = Signals.Tone(440, 0.1, 24000);
        samples[1234] = sample;
        SoundEncoder.Write(folder.File("broken.wav"), SoundEncoder.WavFloat, 24000, samples);
        Assert.That(() => AudioFile.Read(folder.File("broken.wav")),
            Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("sample 1234 is "));
    }

    [Test]
    public void A_missing_file_is_an_input_output_error()
    {
        Assert.That(() => AudioFile.Read(folder.File("nowhere.wav")), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Files_that_fail_side_by_side_each_keep_their_own_reason()
    {
        File.WriteAllText(folder.File("side.wav"), "text");
        File.WriteAllBytes(folder.File("side.flac"), [.. "fLaC"u8, 0, 0, 0, 0]);
        string Reason(string name) => Assert.Throws<UnreadableAudioException>(() => AudioFile.Read(folder.File(name)))!.Found;
        var expected = new[] { Reason("side.wav"), Reason("side.flac") };
        var found = Enumerable.Range(0, 400).AsParallel().WithDegreeOfParallelism(8).Select(i => (Kind: i % 2, Reason: Reason(i % 2 == 0 ? "side.wav" : "side.flac")));
        Assert.That(found.All(one => one.Reason == expected[one.Kind]), Is.True);
        Assert.That(expected[0], Is.Not.EqualTo(expected[1]));
    }

    private void AssertUnreadable(string name, byte[] content, string found)
    {
        var path = folder.File(name);
        File.WriteAllBytes(path, content);
        Assert.That(() => AudioFile.Read(path), Throws.TypeOf<UnreadableAudioException>().With.Message.StartsWith(path).And.Message.Contains(found));
    }
}
