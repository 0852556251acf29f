using Tmrvc.Audio.Native;
using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class AudioFileTests
{
    private readonly Folder folder = new();

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("a.wav", SndFile.Wav | SndFile.Pcm16, 44100)]
    [TestCase("float.wav", SoundEncoder.WavFloat, 48000)]
    [TestCase("a.flac", SndFile.Flac | SndFile.Pcm16, 24000)]
    [TestCase("a.ogg", SoundEncoder.OggVorbis, 44100)]
    [TestCase("a.opus", SoundEncoder.OggOpus, 48000)]
    [TestCase("a.mp3", SoundEncoder.Mp3, 44100)]
    public void Every_format_gives_back_the_tone_that_was_encoded(string name, int format, int sampleRate)
    {
        SoundEncoder.Write(folder.File(name), format, sampleRate, Signals.Tone(440, 1, sampleRate));
        var audio = AudioFile.Read(folder.File(name));
        Assert.That(audio.SampleRate, Is.EqualTo(sampleRate));
        AssertToneOf440Hertz(audio);
    }

    [Test]
    public void G722_gives_back_the_tone_that_was_encoded_at_16_kHz()
    {
        SoundEncoder.WriteG722(folder.File("a.g722"), Signals.Tone(440, 1, 16000));
        var audio = AudioFile.Read(folder.File("a.g722"));
        Assert.That((audio.SampleRate, audio.Samples.Length), Is.EqualTo((16000, 16000)));
        AssertToneOf440Hertz(audio);
    }

    [Test]
    public void Lossless_formats_give_back_the_samples_within_half_a_step()
    {
        var noise = new AudioBuffer(Signals.Noise(0.5, 24000, amplitude: 0.9), 24000);
        AudioFile.WriteWav16(folder.File("noise16.wav"), noise);
        AudioFile.WriteFlac16(folder.File("noise16.flac"), noise);
        Assert.That(AudioFile.Read(folder.File("noise16.wav")).Samples, Is.EqualTo(noise.Samples).Within(0.5001f / 32768));
        Assert.That(AudioFile.Read(folder.File("noise16.flac")).Samples, Is.EqualTo(AudioFile.Read(folder.File("noise16.wav")).Samples));
    }

    [TestCase(0, 12000)]
    [TestCase(5000, 300)]
    [TestCase(-200, 500)]
    [TestCase(11900, 500)]
    [TestCase(20000, 10)]
    public void A_stretch_of_a_file_is_what_reading_all_of_it_gives_there_and_silence_beyond(int start, int length)
    {
        AudioFile.WriteFlac16(folder.File("stretch.flac"), new AudioBuffer(Signals.Noise(0.5, 24000), 24000));
        var whole = AudioFile.Read(folder.File("stretch.flac")).Samples;
        var stretch = new float[length];
        AudioFile.ReadStretch(folder.File("stretch.flac"), start, stretch);
        Assert.That(stretch, Is.EqualTo(Enumerable.Range(start, length).Select(n => n >= 0 && n < whole.Length ? whole[n] : 0)));
    }

    [Test]
    public void A_stretch_of_a_file_cut_short_there_is_refused()
    {
        AudioFile.WriteFlac16(folder.File("whole.flac"), new AudioBuffer(Signals.Noise(0.5, 24000), 24000));
        var bytes = File.ReadAllBytes(folder.File("whole.flac"));
        File.WriteAllBytes(folder.File("half.flac"), bytes[..(bytes.Length / 2)]);
        Assert.That(() => AudioFile.ReadStretch(folder.File("half.flac"), 9000, new float[1000]), Throws.TypeOf<UnreadableAudioException>());
    }

    [Test]
    public void The_same_samples_give_the_same_bytes()
    {
        var audio = new AudioBuffer(Signals.Noise(0.3, 24000), 24000);
        AudioFile.WriteFlac16(folder.File("first.flac"), audio);
        AudioFile.WriteFlac16(folder.File("second.flac"), audio);
        Assert.That(File.ReadAllBytes(folder.File("second.flac")), Is.EqualTo(File.ReadAllBytes(folder.File("first.flac"))));
    }

    [Test]
    public void Values_beyond_full_scale_are_clipped_not_wrapped()
    {
        AudioFile.WriteWav16(folder.File("loud.wav"), new AudioBuffer([1.5f, -1.5f, 0.25f], 24000));
        Assert.That(AudioFile.Read(folder.File("loud.wav")).Samples, Is.EqualTo(new[] { 32767f / 32768, -1f, 0.25f }));
    }

    [Test]
    public void A_link_to_a_file_reads_as_the_file()
    {
        AudioFile.WriteWav16(folder.File("linked.wav"), new AudioBuffer([0.5f, -0.5f, 0.25f], 24000));
        File.CreateSymbolicLink(folder.File("link.wav"), folder.File("linked.wav"));
        Assert.That(AudioFile.Read(folder.File("link.wav")).Samples, Is.EqualTo(new[] { 0.5f, -0.5f, 0.25f }));
    }

    [Test]
    public void Channels_are_averaged()
    {
        SoundEncoder.Write(folder.File("stereo.wav"), SoundEncoder.WavFloat, 24000, [0.5f, 0.25f, 0.5f, -0.5f], channels: 2);
        Assert.That(AudioFile.Read(folder.File("stereo.wav")).Samples, Is.EqualTo(new[] { 0.375f, 0f }));
    }

    [Test]
    public void A_folder_that_is_missing_cannot_be_written_to()
    {
        Assert.That(() => AudioFile.WriteWav16(folder.File("missing/a.wav"), new AudioBuffer([0], 24000)),
            Throws.InstanceOf<IOException>().With.Message.Contains("missing/a.wav"));
    }

    [Test]
    public void A_full_device_is_told_as_such()
    {
        Assert.That(() => AudioFile.WriteFlac16("/dev/full", new AudioBuffer(Signals.Noise(0.01, 24000), 24000)),
            Throws.InstanceOf<IOException>().With.Message.Contains("No space left"));
    }

    private static void AssertToneOf440Hertz(AudioBuffer audio)
    {
        var middle = audio.Samples.AsSpan(audio.Samples.Length / 4, audio.Samples.Length / 2);
        Assert.That(Signals.ToneFrequency(middle, audio.SampleRate), Is.EqualTo(440).Within(0.2));
        Assert.That(Signals.RootMeanSquare(middle), Is.EqualTo(0.5 / Math.Sqrt(2)).Within(2).Percent);
    }
}
