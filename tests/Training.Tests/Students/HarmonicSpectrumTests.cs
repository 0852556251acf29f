using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class HarmonicSpectrumTests
{
    private static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private static Tensor Sloping => (arange(80).to_type(ScalarType.Float32) * -0.06).view(1, 80, 1);

    [Test]
    public void The_spectrum_of_a_mel_and_a_pitch_has_nearly_that_mel([Values(100, 220, 400)] double hertz)
    {
        using var scope = NewDisposeScope();
        using var spectrum = new HarmonicSpectrum(new StudentArchitecture(), Signal, CPU);
        using var mel = new FeatureMel(DenseFilterbank.Of(Signal), 80, 1e-10, CPU);
        var found = mel.Of(spectrum.Of(Sloping, full([1, 1, 1], Math.Log(hertz + 1))));
        Assert.That((found - Sloping).abs().mean().item<float>(), Is.LessThan(0.15));
    }

    [Test]
    public void Its_crests_are_the_harmonics()
    {
        using var scope = NewDisposeScope();
        using var spectrum = new HarmonicSpectrum(new StudentArchitecture(), Signal, CPU);
        var values = spectrum.Of(Sloping, full([1, 1, 1], Math.Log(235.375))).view(-1).data<float>().ToArray(); // 10 bins
        Assert.That(Enumerable.Range(3, 6).All(k => values[10 * k] > values[10 * k - 5] + 1 && values[10 * k] > values[10 * k + 5] + 1), Is.True);
    }

    [Test]
    public void Without_a_pitch_it_is_the_smooth_spectrum()
    {
        using var scope = NewDisposeScope();
        using var spectrum = new HarmonicSpectrum(new StudentArchitecture(), Signal, CPU);
        using var envelope = new MelEnvelope(Signal, CPU);
        Assert.That((spectrum.Of(Sloping, zeros(1, 1, 1)) - envelope.Of(Sloping)).abs().max().item<float>(), Is.LessThan(0.2));
    }
}
