using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class ChannelTests
{
    private readonly Folder folder = new();

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Levels_are_those_of_each_channel_and_samples_are_their_mean([Values(1, 2, 3, 4)] int channels, [Values(1001, 40_000)] int frames)
    {
        float[][] signals = [.. Enumerable.Range(0, channels).Select(channel => Signals.Noise(frames / 24000.0, 24000, 0.5 / (channel + 1), seed: channel + 1))];
        signals[channels - 1][7] = 1;
        signals[channels - 1][frames - 1] = -1;
        var decoded = Decode(signals);
        Assert.That(decoded.Audio.Samples, Is.EqualTo(Enumerable.Range(0, frames).Select(n => signals.Sum(signal => signal[n]) / channels)).Within(1e-6f));
        Assert.That(decoded.Channels.Select(channel => channel.Peak), Is.EqualTo(signals.Select(signal => signal.Max(Math.Abs))));
        Assert.That(decoded.Channels.Select(channel => channel.FullScaleShare * frames), Is.EqualTo(signals.Select((_, channel) => channel == channels - 1 ? 2.0 : 0)).Within(1e-9));
    }

    [TestCase(1, 1)]
    [TestCase(0, 0.5)]
    [TestCase(-0.5, 0.1)]
    [TestCase(-1, 0)]
    public void The_power_that_the_mean_of_two_channels_keeps_tells_how_they_relate(double other, double kept)
    {
        var noise = Signals.Noise(1, 24000, 0.5);
        var decoded = Decode(noise, [.. noise.Select(sample => (float)(other * sample))]);
        Assert.That(decoded.PowerKept, Is.EqualTo(kept).Within(1e-4));
    }

    private DecodedFile Decode(params float[][] channels)
    {
        float[] interleaved = [.. Enumerable.Range(0, channels[0].Length).SelectMany(n => channels.Select(channel => channel[n]))];
        SoundEncoder.Write(folder.File("channels.wav"), SoundEncoder.WavFloat, 24000, interleaved, channels.Length);
        return AudioFile.Decode(folder.File("channels.wav"));
    }
}
