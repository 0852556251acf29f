using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class ResamplerTests
{
    [TestCase(48000, 24000)]
    [TestCase(44100, 24000)]
    [TestCase(16000, 24000)]
    public void A_tone_keeps_its_frequency_amplitude_and_place(int from, int to)
    {
        var resampled = Resampler.Resample(new AudioBuffer(Signals.Tone(440, 1, from), from), to);
        var expected = Signals.Tone(440, 1, to);
        Assert.That(resampled.SampleRate, Is.EqualTo(to));
        Assert.That(resampled.Samples[(to / 10)..(to - to / 10)], Is.EqualTo(expected[(to / 10)..(to - to / 10)]).Within(1e-5f));
    }

    [Test]
    public void What_lies_above_the_new_band_is_removed()
    {
        var resampled = Resampler.Resample(new AudioBuffer(Signals.Tone(13000, 1, 48000), 48000), 24000);
        Assert.That(Signals.RootMeanSquare(resampled.Samples.AsSpan(2400, 19200)), Is.LessThan(1e-5));
    }

    /// <summary>Up to seven eighths of the narrower band.</summary>
    [Test]
    public void Tones_keep_their_level_within_a_hundredth_of_a_decibel(
        [Values(48000, 44100, 16000)] int from, [Values(0.01, 0.1, 0.4, 0.7, 0.875)] double share) =>
        Assert.That(LevelDb(from, share * Math.Min(from, 24000) / 2), Is.EqualTo(0).Within(0.01));

    [Test]
    public void Aliases_and_images_lie_120_decibels_below([Values(48000, 44100)] int from, [Values(12600, 13000, 15000, 18000, 20000, 21900)] double hertz) =>
        Assert.That(LevelDb(from, hertz), Is.LessThan(-120));

    /// <summary>A tone's level at 24 kHz against its own.</summary>
    private static double LevelDb(int from, double hertz)
    {
        var tone = Signals.Tone(hertz, 1, from);
        var resampled = Resampler.Resample(new AudioBuffer(tone, from), 24000).Samples;
        return 20 * Math.Log10(Signals.RootMeanSquare(resampled.AsSpan(4800, 14400)) / Signals.RootMeanSquare(tone.AsSpan(from / 5, from * 3 / 5)));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(44101, 24001)]
    public void The_length_is_scaled_and_rounded(int length, int expected)
    {
        Assert.That(Resampler.Resample(new AudioBuffer(new float[length], 44100), 24000).Samples, Has.Length.EqualTo(expected));
    }

    [Test]
    public void Audio_that_has_the_rate_already_is_handed_through()
    {
        var audio = new AudioBuffer(Signals.Tone(440, 0.1, 24000), 24000);
        Assert.That(Resampler.Resample(audio, 24000), Is.SameAs(audio));
    }
}
