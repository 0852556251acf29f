using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class PitchTests
{
    /// <summary>Frames whose window reaches beyond the signal's start.</summary>
    private const int Start = 4;

    private readonly Pitch pitch = new(Signals.Parameters);

    [Test]
    public void A_harmonic_tone_is_tracked_within_one_percent(
        [Values(60, 80, 97.3, 120, 173, 220, 311, 400, 500)] double hertz, [Values(0, -6, -12)] double tiltDb)
    {
        var f0 = pitch.Compute(Signals.Harmonics(_ => hertz, 0.5, tiltDb));
        Assert.That(f0[Start..], Is.All.EqualTo((float)hertz).Within(1).Percent);
    }

    [TestCase(80, 400)]
    [TestCase(400, 80)]
    [TestCase(150, 170)]
    public void A_glide_is_tracked_within_one_percent(double from, double to)
    {
        const double seconds = 2;
        double At(double time) => from * Math.Pow(to / from, time / seconds);
        var f0 = pitch.Compute(Signals.Harmonics(At, seconds));
        for (var frame = Start; frame < f0.Length; frame++)
            Assert.That(f0[frame], Is.EqualTo(At((240 * (frame + 1) - 480) / 24000.0)).Within(1).Percent, $"frame {frame}");
    }

    [TestCase(100)]
    [TestCase(220)]
    public void A_strong_second_harmonic_makes_no_octave_error(double hertz)
    {
        var second = Signals.Harmonics(_ => 2 * hertz, 0.5, -12);
        var f0 = pitch.Compute(Signals.Sum(Signals.Harmonics(_ => hertz, 0.5, -12), [.. second.Select(value => 2 * value)]));
        Assert.That(f0[Start..], Is.All.EqualTo((float)hertz).Within(1).Percent);
    }

    [Test]
    public void A_tone_in_noise_of_a_tenth_of_its_power_is_tracked()
    {
        var tone = Signals.Harmonics(_ => 140, 1);
        var noise = Signals.Noise(1, 24000, Math.Sqrt(3 * 0.1) * Signals.RootMeanSquare(tone));
        var f0 = pitch.Compute(Signals.Sum(tone, noise));
        Assert.That(f0[Start..], Is.All.EqualTo(140f).Within(2).Percent);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Noise_is_unvoiced(int seed)
    {
        Assert.That(pitch.Compute(Signals.Noise(2, 24000, 0.1, seed)), Is.All.Zero);
    }

    [Test]
    public void Silence_and_what_lies_below_the_silence_level_is_unvoiced()
    {
        Assert.That(pitch.Compute(Signals.Silence(0.5, 24000)), Is.All.Zero);
        Assert.That(pitch.Compute(Signals.Tone(200, 0.5, 24000, amplitude: 5e-4)), Is.All.Zero);
    }

    [Test]
    public void Voicing_starts_and_ends_with_the_tone()
    {
        float[] samples = [.. Signals.Noise(0.5, 24000, 0.02), .. Signals.Harmonics(_ => 150, 0.5), .. Signals.Noise(0.5, 24000, 0.02)];
        var f0 = pitch.Compute(samples);
        Assert.That(Array.FindIndex(f0, value => value > 0), Is.EqualTo(51).Within(3));
        Assert.That(Array.FindLastIndex(f0, value => value > 0), Is.EqualTo(101).Within(3));
    }

    [TestCase(0, 0)]
    [TestCase(239, 0)]
    [TestCase(4799, 19)]
    public void There_is_a_value_for_every_frame_of_the_mel(int samples, int frames)
    {
        Assert.That(pitch.Compute(new float[samples]), Has.Length.EqualTo(frames));
    }

    /// <summary>Tenth, fiftieth and ninetieth percentile of Praat 6.3 on the same samples: To Pitch (ac), 55–550 Hz, its other defaults.</summary>
    [TestCase("allison-en", 147.1, 190.0, 240.5)]
    [TestCase("carlo-it", 129.2, 181.3, 237.6)]
    [TestCase("june-fr", 137.2, 184.6, 268.7)]
    public void Real_voices_have_the_range_that_Praat_finds(string speaker, double low, double median, double high)
    {
        var f0 = pitch.Compute(Speech.Prepared(speaker).Samples);
        float[] voiced = [.. f0.Where(value => value > 0).Order()];
        Assert.That(voiced[voiced.Length / 2], Is.EqualTo(median).Within(5).Percent);
        Assert.That(voiced[voiced.Length / 10], Is.EqualTo(low).Within(10).Percent);
        Assert.That(voiced[voiced.Length * 9 / 10], Is.EqualTo(high).Within(10).Percent);
        Assert.That((double)voiced.Length / f0.Length, Is.InRange(0.5, 0.85));
    }

    [Test]
    public void A_lowest_F0_that_the_window_cannot_hold_is_refused()
    {
        Assert.That(() => new Pitch(Signals.Parameters, new PitchSettings { MinHertz = 30 }), Throws.ArgumentException.With.Message.Contains("30 Hz"));
    }

    [TestCase(37, -60, "min_hertz")]
    [TestCase(double.NaN, -60, "min_hertz")]
    [TestCase(55, double.NaN, "silence_db")]
    [TestCase(55, 20, "silence_db")]
    public void Settings_that_no_frame_could_be_tracked_with_are_named(double minHertz, double silenceDb, string property) =>
        Assert.That(
            new PitchSettings { MinHertz = minHertz, SilenceDb = silenceDb }.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(new[] { property }));

    [Test]
    public void The_lowest_F0_that_settings_allow_fits_the_window()
    {
        var lowest = new PitchSettings { MinHertz = 38 };
        Assert.That(lowest.Mistakes(), Is.Empty);
        Assert.That(() => new Pitch(Signals.Parameters, lowest), Throws.Nothing);
    }
}
