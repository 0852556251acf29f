using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class Pcm16Tests
{
    [TestCase(3)]
    [TestCase(16)]
    [TestCase(1003)]
    public void Every_sample_becomes_the_nearest_step_and_stays_within_range(int length)
    {
        var samples = Signals.Noise(length / 24000.0, 24000, amplitude: 1.3);
        Assert.That(
            Pcm16.Quantize(samples), Is.EqualTo(samples.Select(sample => (short)Math.Clamp(Math.Round(sample * 32768.0), short.MinValue, short.MaxValue))));
    }

    [Test]
    public void What_was_read_from_16_bits_is_written_back_unchanged()
    {
        short[] steps = [.. Enumerable.Range(short.MinValue, 1 << 16).Select(step => (short)step)];
        Assert.That(Pcm16.Quantize([.. steps.Select(step => step / 32768f)]), Is.EqualTo(steps));
    }
}
