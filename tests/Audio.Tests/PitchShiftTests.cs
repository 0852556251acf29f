using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class PitchShiftTests
{
    private readonly PitchShift shift = new(Signals.Parameters);
    private readonly Pitch pitch = new(Signals.Parameters, new PitchSettings());

    [Test]
    public void A_steady_voice_moves_by_the_semitones([Values(-2, -0.7, 1, 2)] double semitones, [Values(95, 220)] double hertz)
    {
        var voice = Signals.Harmonics(_ => hertz, 1.2);

        var moved = pitch.Compute(shift.Shift(voice, pitch.Compute(voice), semitones));

        Assert.That(moved[15..^15], Is.All.EqualTo(hertz * Math.Pow(2, semitones / 12)).Within(1).Percent);
    }

    [Test]
    public void A_gliding_voice_keeps_its_glide()
    {
        var voice = Signals.Harmonics(time => 140 + 60 * time, 1.2);
        var f0 = pitch.Compute(voice);

        var moved = pitch.Compute(shift.Shift(voice, f0, 2));

        for (var frame = 15; frame < moved.Length - 15; frame++)
            Assert.That(moved[frame] / f0[frame], Is.EqualTo(Math.Pow(2, 2.0 / 12)).Within(2).Percent, () => $"frame {frame}");
    }

    [Test]
    public void No_semitones_and_no_voice_change_nothing()
    {
        var voice = Signals.Harmonics(_ => 150, 0.5);
        var noise = Signals.Noise(0.5, 24000);

        Assert.That(shift.Shift(voice, pitch.Compute(voice), 0), Is.EqualTo(voice).Within(1e-6));
        Assert.That(shift.Shift(noise, new float[50], 2), Is.EqualTo(noise).Within(1e-6));
    }

    [Test]
    public void Real_speech_moves_and_keeps_its_formants_and_level([Values(-2, 2)] double semitones)
    {
        var speech = Speech.Prepared("allison-en");
        var f0 = pitch.Compute(speech.Samples);

        var shifted = shift.Shift(speech.Samples, f0, semitones);

        var moved = pitch.Compute(shifted);
        var ratios = moved.Zip(f0, (after, before) => after > 0 && before > 0 ? Math.Log2(after / before) * 12 : double.NaN)
            .Where(double.IsFinite).Order().ToArray();
        Assert.That(ratios[ratios.Length / 2], Is.EqualTo(semitones).Within(0.1));
        Assert.That(Decibels(Signals.RootMeanSquare(shifted) / Signals.RootMeanSquare(speech.Samples)), Is.EqualTo(0).Within(1));
        Assert.That(Difference(shifted, speech.Samples), Is.LessThan(1));
        var played = Resampler.Resample(speech, (int)(24000 / Math.Pow(2, semitones / 12)));
        Assert.That(Difference(shifted, speech.Samples), Is.LessThan(0.8 * Difference(played.Samples, speech.Samples)));
    }

    /// <summary>Decibels between the envelopes over a whole recording.</summary>
    private static double Difference(float[] a, float[] b) => Envelope(a).Zip(Envelope(b), (x, y) => Math.Abs(x - y)).Average();

    /// <summary>Mean power in dB over 13 neighbouring mel bands: the harmonics are smoothed away, the formants are not.</summary>
    private static double[] Envelope(float[] samples)
    {
        var mel = new LogMel(Signals.Parameters).Compute(samples);
        var frames = mel.Length / 80;
        var power = Enumerable.Range(0, 80).Select(band => mel.Skip(band * frames).Take(frames).Average(value => Math.Exp(value))).ToArray();
        return [.. Enumerable.Range(0, 68).Select(band => 10 * Math.Log10(power[band..(band + 13)].Average()))];
    }

    private static double Decibels(double ratio) => 20 * Math.Log10(ratio);
}
