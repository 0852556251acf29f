using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class SampleStreamTests
{
    private readonly Folder folder = new();

    [OneTimeTearDown]
    public void Remove() => folder.Dispose();

    [TestCase(8000)]
    [TestCase(24000)]
    [TestCase(44100)]
    [TestCase(192000)]
    public void A_file_in_blocks_has_the_samples_of_the_whole(int sampleRate)
    {
        var path = folder.File($"{sampleRate}.wav");
        AudioFile.WriteWav16(path, new AudioBuffer(Signals.Noise(1.37, sampleRate), sampleRate));
        var whole = Resampler.Resample(AudioFile.Read(path), 24000).Samples;

        var blocks = InBlocks(path, 1000);
        Assert.That(blocks, Has.Count.EqualTo(whole.Length).Within(1));
        Assert.That(blocks.Zip(whole).Max(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(1e-6));
    }

    [Test]
    public void Channels_are_averaged()
    {
        var path = folder.File("stereo.wav");
        SoundEncoder.Write(path, SoundEncoder.WavFloat, 24000, [0.5f, 0.25f, -0.5f, 0.25f], channels: 2);
        Assert.That(InBlocks(path, 3), Is.EqualTo(new[] { 0.375f, -0.125f }));
    }

    [Test]
    public void A_sample_that_is_no_number_is_an_error_that_says_where()
    {
        var path = folder.File("nan.wav");
        SoundEncoder.Write(path, SoundEncoder.WavFloat, 24000, [.. Signals.Noise(0.1, 24000), float.NaN]);
        Assert.That(() => InBlocks(path, 1000), Throws.TypeOf<UnreadableAudioException>().With.Message.EndsWith("a sample between 2000 and 2401 is not a number within range, ±1e10"));
    }

    [Test]
    public void A_file_without_samples_is_an_error()
    {
        var path = folder.File("none.wav");
        SoundEncoder.Write(path, SoundEncoder.WavFloat, 24000, []);
        Assert.That(() => InBlocks(path, 1000), Throws.TypeOf<UnreadableAudioException>().With.Message.EndsWith("holds no samples"));
    }

    [Test]
    public void What_is_written_in_blocks_is_the_file_that_is_written_at_once()
    {
        var audio = new AudioBuffer([.. Signals.Noise(0.7, 24000), 1.5f, -1.5f, 1f, -1f], 24000);
        AudioFile.WriteWav16(folder.File("once.wav"), audio);
        using var writer = new WavWriter(folder.File("blocks.wav"), 24000);
        foreach (var block in audio.Samples.Chunk(5000))
            writer.Append(block);
        writer.Complete();

        Assert.That(File.ReadAllBytes(folder.File("blocks.wav")), Is.EqualTo(File.ReadAllBytes(folder.File("once.wav"))));
        Assert.That(writer.Clipped, Is.EqualTo(2));
    }

    [Test]
    public void A_file_that_was_not_completed_is_not_there_and_leaves_what_was_there()
    {
        var path = folder.File("kept.wav");
        File.WriteAllText(path, "before");
        using (var writer = new WavWriter(path, 24000))
            writer.Append(Signals.Noise(0.1, 24000));
        Assert.That((File.ReadAllText(path), File.Exists(path + ".partial")), Is.EqualTo(("before", false)));
    }

    [Test]
    public void On_a_full_disk_the_first_failure_is_told_and_nothing_is_left_behind()
    {
        var path = folder.File("full.wav");
        Assert.That(() => WriteASecond(path, OpenFullDevice), Throws.InstanceOf<IOException>().With.Message.Contains("No space left on device"));
        Assert.That((File.Exists(path), File.Exists(path + ".partial")), Is.EqualTo((false, false)));

        static FileStream OpenFullDevice(string place)
        {
            File.Create(place).Dispose();
            return new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        }

        static void WriteASecond(string path, Func<string, FileStream> create)
        {
            using var writer = new WavWriter(path, 24000, create);
            writer.Append(Signals.Noise(0.01, 24000));
            writer.Append(Signals.Noise(1, 24000));
        }
    }

    [Test]
    public void A_file_with_the_name_of_what_is_being_written_stays_as_it_is()
    {
        var path = folder.File("taken.wav");
        File.WriteAllText(path + ".partial", "somebody's");
        using (var writer = new WavWriter(path, 24000))
            writer.Complete();
        Assert.That(File.ReadAllText(path + ".partial"), Is.EqualTo("somebody's"));
        Assert.That(new FileInfo(path).Length, Is.EqualTo(44));
    }

    private static List<float> InBlocks(string path, int length)
    {
        using var stream = AudioFile.OpenAt(path, 24000);
        var (samples, block) = (new List<float>(), new float[length]);
        for (int count; (count = stream.Read(block)) > 0;)
            samples.AddRange(block[..count]);
        return samples;
    }
}
