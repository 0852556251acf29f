using Tmrvc.Audio;

namespace Tmrvc.Streaming.Tests;

public sealed class SourceVoiceTests
{
    private readonly Workbench _bench = new();

    [OneTimeTearDown]
    public void Remove() => _bench.Dispose();

    [Test]
    public void Speech_40_dB_lower_becomes_the_same_a_hundred_times_smaller()
    {
        var speech = Workbench.Speech(4);
        var (loud, quiet) = (Measured("loud.wav", speech), Measured("quiet.wav", [.. speech.Select(sample => sample * 0.01f)]));
        Assert.That(quiet.Range!.LogMean, Is.EqualTo(loud.Range!.LogMean).Within(1e-6));
        Assert.That(quiet.Gain, Is.EqualTo(100 * loud.Gain).Within(0.01).Percent);

        var (expected, found) = (Converted("loud.wav", loud), Converted("quiet.wav", quiet));
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        Assert.That(found.Zip(expected, (f, e) => Math.Abs(100 * f - e)).Max(), Is.LessThan(1e-2 * expected.Max(Math.Abs)));
    }

    [Test]
    public void The_voice_is_measured_on_the_first_minute_that_holds_one()
    {
        var speech = Workbench.Speech(3);
        var random = new Random(1);
        float[] silence = new float[60 * 24000], noise = [.. silence.Select(_ => 1e-3f * (random.NextSingle() - 0.5f))];
        var (alone, late) = (Measured("alone.wav", speech), Measured("late.wav", [.. silence, .. noise, .. speech]));
        Assert.That(late.Range!.LogMean, Is.EqualTo(alone.Range!.LogMean).Within(1e-6));
        Assert.That(late.Gain, Is.EqualTo(alone.Gain).Within(0.01).Percent);
    }

    [Test]
    public void Near_silence_with_one_peak_is_raised_no_further_than_full_scale()
    {
        float[] samples = [.. Workbench.Speech(2).Select(sample => sample * 0.01f)];
        samples[20000] = 0.8f;
        Assert.That(0.8 * Measured("peak.wav", samples).Gain, Is.LessThanOrEqualTo(0.9995));
    }

    [Test]
    public void A_pure_tone_is_converted()
    {
        var tone = Enumerable.Range(0, 48000).Select(n => 0.3f * MathF.Sin(2 * MathF.PI * 220 * n / 24000)).ToArray();
        var source = Measured("tone.wav", tone);
        Assert.That(source.Range!.LogDeviation, Is.LessThan(0.01), "or this is no test of a tone");
        Assert.That(Converted("tone.wav", source), Has.Length.EqualTo(48000).And.Some.Not.Zero);
    }

    private SourceVoice Measured(string name, float[] samples)
    {
        FloatWav.Write(_bench[name], samples);
        return SourceVoice.Of(_bench[name], Workbench.Constants);
    }

    /// <summary>What the converter says of a file, before it is rounded to 16 bits.</summary>
    private float[] Converted(string name, SourceVoice source)
    {
        using var converter = _bench.Converter(from: source.Range);
        var (samples, hop) = (AudioFile.Read(_bench[name]).Samples, new float[converter.HopLength]);
        return [.. samples.Chunk(hop.Length).Where(chunk => chunk.Length == hop.Length).SelectMany(chunk =>
        {
            converter.Push([.. chunk.Select(sample => sample * source.Gain)], hop);
            return hop.Select(sample => sample / source.Gain).ToArray();
        })];
    }
}
