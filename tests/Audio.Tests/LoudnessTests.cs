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
