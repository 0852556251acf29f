using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class VoiceActivityTests
{
    private readonly SileroVad silero = new(SileroModel.DeliveredPath);

    [OneTimeTearDown]
    public void DisposeModel() => silero.Dispose();

    [TestCase("allison-en")]
    [TestCase("carlo-it")]
    [TestCase("june-fr")]
    public void Silero_finds_speech_between_two_seconds_of_silence(string speaker)
    {
        var speech = Speech.Prepared(speaker).Samples;
        float[] samples = [.. Signals.Silence(2, 24000), .. speech, .. Signals.Silence(2, 24000)];
        var ranges = silero.SpeechRanges(new AudioBuffer(samples, 24000));
        Assert.That(ranges[0].Start / 24000.0, Is.InRange(1.9, 2.5));
        Assert.That(ranges[^1].End / 24000.0, Is.InRange(1.5 + speech.Length / 24000.0, 2.1 + speech.Length / 24000.0));
        Assert.That(ranges.Sum(range => range.Length), Is.GreaterThan(0.8 * speech.Length));
    }

    [Test]
    public void Silero_tells_two_utterances_apart()
    {
        var speech = Speech.Prepared("june-fr").Samples;
        float[] samples = [.. speech, .. Signals.Silence(3, 24000), .. speech];
        var ranges = silero.SpeechRanges(new AudioBuffer(samples, 24000));
        Assert.That(ranges.Zip(ranges.Skip(1), (a, b) => b.Start - a.End).Max(), Is.InRange(2.5 * 24000, 3.5 * 24000));
    }

    [TestCase(0)]
    [TestCase(0.001)]
    [TestCase(0.1)]
    public void Silero_finds_no_speech_in_silence_or_noise(double amplitude)
    {
        Assert.That(silero.SpeechRanges(new AudioBuffer(Signals.Noise(3, 24000, amplitude), 24000)), Is.Empty);
    }

    [Test]
    public void Silero_gives_the_same_ranges_for_the_same_audio_again()
    {
        var audio = Speech.Prepared("carlo-it");
        var first = silero.SpeechRanges(audio);
        Assert.That(silero.SpeechRanges(audio), Is.EqualTo(first));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(513, 2)]
    public void Silero_has_a_probability_for_every_window_begun(int samples, int windows)
    {
        using var model = new SileroModel(SileroModel.DeliveredPath);
        var probabilities = model.Probabilities(new float[samples]);
        Assert.That(probabilities, Has.Length.EqualTo(windows));
        Assert.That(probabilities, Is.All.InRange(0f, 0.2f));
    }

    [Test]
    public void Energy_finds_the_part_above_its_level()
    {
        float[] samples = [.. Signals.Noise(1, 24000, 0.001), .. Signals.Tone(300, 1, 24000, 0.1), .. Signals.Noise(1, 24000, 0.001)];
        var ranges = new EnergyVad().SpeechRanges(new AudioBuffer(samples, 24000));
        Assert.That(ranges, Has.Count.EqualTo(1));
        Assert.That(ranges[0].Start, Is.EqualTo(24000).Within(2000));
        Assert.That(ranges[0].End, Is.EqualTo(48000).Within(2000));
    }

    [Test]
    public void Energy_at_minus_40_dB_hears_a_tone_at_minus_37_but_not_at_minus_43()
    {
        AudioBuffer Tone(double rmsDb) => new(Signals.Tone(300, 1, 24000, Math.Sqrt(2) * Math.Pow(10, rmsDb / 20)), 24000);
        Assert.That(new EnergyVad().SpeechRanges(Tone(-37)), Has.Count.EqualTo(1));
        Assert.That(new EnergyVad().SpeechRanges(Tone(-43)), Is.Empty);
    }
}
