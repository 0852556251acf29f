using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class LongFileTests
{
    private readonly Folder folder = new();

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    /// <summary>A sparse file: 2³⁰ samples and more, no bytes on the device.</summary>
    [Test]
    public void Hours_are_refused_by_the_length_they_state_and_cost_no_memory()
    {
        const uint bytes = 2_200_000_000;
        using (var file = File.Create(folder.File("hours.wav")))
        {
            file.Write([.. "RIFF"u8, .. BitConverter.GetBytes(36 + bytes), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0]);
            file.Write([.. BitConverter.GetBytes(48000), .. BitConverter.GetBytes(96000), 2, 0, 16, 0, .. "data"u8, .. BitConverter.GetBytes(bytes)]);
            file.SetLength(44L + bytes);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertTooLong("hours.wav", 3600, "too long: 22916.7 s or more, 3600 s at most is allowed");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void A_flac_file_that_does_not_state_its_length_is_refused_while_it_is_decoded()
    {
        AudioFile.WriteFlac16(folder.File("stream.flac"), new AudioBuffer(Signals.Noise(30, 24000), 24000));
        var bytes = File.ReadAllBytes(folder.File("stream.flac"));
        bytes[21] &= 0xF0;
        Array.Clear(bytes, 22, 4);
        File.WriteAllBytes(folder.File("stream.flac"), bytes);
        Assert.That(AudioFile.Decode(folder.File("stream.flac"), 30).Audio.Seconds, Is.EqualTo(30));
        AssertTooLong("stream.flac", 10, "too long: 10.2 s or more, 10 s at most is allowed");
    }

    [Test]
    public void G722_is_refused_by_its_bytes()
    {
        SoundEncoder.WriteG722(folder.File("two.g722"), Signals.Tone(440, 2, 16000));
        AssertTooLong("two.g722", 1, "too long: 2 s or more, 1 s at most is allowed");
    }

    private void AssertTooLong(string name, double maxSeconds, string found) =>
        Assert.That(() => AudioFile.Decode(folder.File(name), maxSeconds), Throws.TypeOf<UnreadableAudioException>().With.Property("Found").EqualTo(found));
}
