using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

/// <summary>
/// EBU Tech 3341 states its cases for stereo; one channel alone is 3.01 LU quieter, so a mono sine at 1 kHz measures its peak level
/// in dBFS minus 3.01.
/// </summary>
public sealed class LoudnessTests
{
    private const double OneChannel = 3.01;

    [TestCase(-20)]
    [TestCase(-33)]
    public void A_sine_at_1_kHz_measures_its_peak_level_less_3_LU(double peakDb)
    {
        Assert.That(Loudness.IntegratedLufs(Sines((peakDb, 20))), Is.EqualTo(peakDb - OneChannel).Within(0.1));
    }

    [Test]
    public void The_relative_gate_drops_quiet_parts_as_in_EBU_Tech_3341_case_3()
    {
        Assert.That(Loudness.IntegratedLufs(Sines((-36, 10), (-23, 60), (-36, 10))), Is.EqualTo(-23 - OneChannel).Within(0.1));
    }

    [Test]
    public void The_absolute_gate_drops_near_silence_as_in_EBU_Tech_3341_case_4()
    {
        var audio = Sines((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10));
        Assert.That(Loudness.IntegratedLufs(audio), Is.EqualTo(-23 - OneChannel).Within(0.1));
    }

    [Test]
    public void Parts_above_the_gate_are_averaged_as_in_EBU_Tech_3341_case_5()
    {
        Assert.That(Loudness.IntegratedLufs(Sines((-26, 20), (-20, 20.1), (-26, 20))), Is.EqualTo(-23 - OneChannel).Within(0.1));
    }

    /// <summary>Stretches that are filtered side by side begin where a signal does only once: the rest must know their past.</summary>
    [TestCase(16000)]
    [TestCase(24000)]
    [TestCase(44100)]
    public void Hops_have_the_power_that_one_filter_over_all_of_the_signal_gives(int sampleRate)
    {
        float[] samples = [.. Signals.Noise(3.05, sampleRate, 0.3).Select((sample, n) => sample + 0.5f + 0.2f * MathF.Sin(n * 0.005f))];
        var found = new KWeighting(sampleRate).HopPowers(samples);
        var hop = sampleRate / 10;
        var expected = Weighted(samples, sampleRate).Chunk(hop).Where(values => values.Length == hop).Select(values => values.Average(value => value * value));
        Assert.That(found, Is.EqualTo(expected).Within(1e-9).Percent);
    }

    private static double[] Weighted(float[] samples, int sampleRate)
    {
        static double[] Filtered(double[] x, double[] b, double[] a)
        {
            var y = new double[x.Length];
            for (var n = 0; n < x.Length; n++)
                y[n] = b[0] * x[n] + (n > 0 ? b[1] * x[n - 1] - a[0] * y[n - 1] : 0) + (n > 1 ? b[2] * x[n - 2] - a[1] * y[n - 2] : 0);
            return y;
        }
        (double, double, double) Denominator(double hertz, double q)
        {
            var k = Math.Tan(Math.PI * hertz / sampleRate);
            return (k, 2 * (k * k - 1) / (1 + k / q + k * k), (1 - k / q + k * k) / (1 + k / q + k * k));
        }
        var (k, a1, a2) = Denominator(1681.974450955533, 0.7071752369554196);
        var (_, c1, c2) = Denominator(38.13547087602444, 0.5003270373238773);
        var (high, band, scale) = (Math.Pow(10, 3.999843853973347 / 20), Math.Pow(10, 3.999843853973347 / 20 * 0.4996667741545416), 1 + k / 0.7071752369554196 + k * k);
        double[] shelf = [(high + band * k / 0.7071752369554196 + k * k) / scale, 2 * (k * k - high) / scale, (high - band * k / 0.7071752369554196 + k * k) / scale];
        return Filtered(Filtered([.. samples], shelf, [a1, a2]), [1, -2, 1], [c1, c2]);
    }

    [Test]
    public void Silence_has_no_loudness_and_cannot_be_normalized()
    {
        var silence = new AudioBuffer(new float[24000], 24000);
        Assert.That(Loudness.IntegratedLufs(silence), Is.EqualTo(double.NegativeInfinity));
        Assert.That(() => Loudness.Normalize(silence, -23), Throws.TypeOf<SilentAudioException>());
    }

    [Test]
    public void Audio_shorter_than_a_gating_block_is_measured_too()
    {
        var blip = new AudioBuffer(Signals.Tone(1000, 0.1, 24000, 0.1), 24000);
        Assert.That(Loudness.IntegratedLufs(blip), Is.EqualTo(-20 - OneChannel).Within(0.2));
    }

    [TestCase(0.001)]
    [TestCase(0.9)]
    public void Normalizing_reaches_the_target(double amplitude)
    {
        var normalized = Loudness.Normalize(new AudioBuffer(Signals.Tone(1000, 2, 24000, amplitude), 24000), -23);
        Assert.That(Loudness.IntegratedLufs(normalized), Is.EqualTo(-23).Within(0.02));
    }

    [Test]
    public void Normalizing_never_lifts_a_peak_beyond_the_ceiling()
    {
        var samples = Signals.Tone(1000, 2, 24000, 0.001);
        samples[24000] = 0.5f;
        var normalized = Loudness.Normalize(new AudioBuffer(samples, 24000), -23);
        Assert.That(normalized.Samples.Max(), Is.EqualTo(0.999f).Within(1e-4f));
    }

    private static AudioBuffer Sines(params (double PeakDb, double Seconds)[] parts) =>
        new([.. parts.SelectMany(part => Signals.Tone(1000, part.Seconds, 48000, Math.Pow(10, part.PeakDb / 20)))], 48000);
}
