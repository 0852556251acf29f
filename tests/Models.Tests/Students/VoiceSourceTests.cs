using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class VoiceSourceTests
{
    private const int Frames = 80;

    private static readonly StudentArchitecture FullSize = new();

    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void A_pitch_that_is_drawn_is_read_within_a_half_of_a_step([Values(60, 85, 121, 233, 347, 500)] double hertz)
    {
        using var comb = new HarmonicComb(FullSize);
        var reading = new PitchReading(FullSize);
        var features = comb.Of(full([1, 1, 1], Math.Log(hertz + 1))) - (arange(513).to_type(ScalarType.Float32) * 0.01).view(1, 513, 1);
        var depths = tensor(reading.Responses, [reading.Hertz.Length, reading.Bins]).matmul(features.narrow(1, 0, reading.Bins)).view(-1);
        var read = reading.Hertz[(int)(depths + tensor(reading.Bias)).argmax().item<long>()];
        Assert.That(Math.Log2(read / hertz) * 96, Is.Zero.Within(1), "steps of which 96 are an octave");
        Assert.That(depths.max().item<float>(), Is.EqualTo(HarmonicComb.Depth).Within(0.35));
    }

    [Test]
    public void A_comb_leaves_the_mean_power_as_it_was()
    {
        using var comb = new HarmonicComb(FullSize);
        var power = (comb.Of(full([1, 1, 1], Math.Log(201))) * 2).exp();
        Assert.That(power.narrow(1, 9, 120).mean().item<float>(), Is.EqualTo(1).Within(0.05), "over 14 harmonics");
        Assert.That(comb.Of(zeros(1, 1, 1)).abs().max().item<float>(), Is.Zero, "where unvoiced");
    }

    [Test]
    public void Samples_have_the_pitch_that_the_features_show([Values(90, 140, 250)] double hertz)
    {
        using var vocoder = new StudentVocoder(FullSize, seed: 3);
        using var comb = new HarmonicComb(FullSize);
        using var synthesis = new WaveformSynthesis(1024, 960, 240);
        using var withoutGradient = no_grad();
        var features = comb.Of(full([1, 1, Frames], Math.Log(hertz + 1))) - (arange(513).to_type(ScalarType.Float32) * 0.01).view(1, 513, 1);
        var samples = synthesis.Of(vocoder.forward(features).Spectrum()).view(-1);
        Assert.That(Period(samples), Is.EqualTo(24000 / hertz).Within(0.015 * 24000 / hertz), "samples, untrained");
    }

    [Test]
    public void Where_no_pitch_is_shown_there_is_breath()
    {
        using var vocoder = new StudentVocoder(FullSize, seed: 3);
        using var synthesis = new WaveformSynthesis(1024, 960, 240);
        using var withoutGradient = no_grad();
        var samples = synthesis.Of(vocoder.forward(zeros(1, 513, Frames)).Spectrum()).view(-1);
        Assert.That(Likeness(samples, 60, 450).Max(), Is.LessThan(0.3));
    }

    /// <summary>Lag of the first great peak of the autocorrelation between 50 and 400 Hz; whole numbers of periods have others.</summary>
    private static int Period(Tensor samples)
    {
        var likeness = Likeness(samples, 60, 480);
        var first = Array.FindIndex(likeness, value => value > 0.8 * likeness.Max());
        return 60 + Enumerable.Range(first, 20).MaxBy(n => likeness[Math.Min(n, likeness.Length - 1)]);
    }

    /// <summary>Normalised autocorrelation at these lags.</summary>
    private static double[] Likeness(Tensor samples, int from, int to)
    {
        var values = samples.data<float>().ToArray()[4800..];
        var power = values.Sum(value => (double)value * value);
        return [.. Enumerable.Range(from, to - from).Select(lag =>
            Enumerable.Range(0, values.Length - lag).Sum(n => (double)values[n] * values[n + lag]) / power)];
    }
}
