using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class StudentSpectraTests
{
    private static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    [Test]
    public void A_waveform_is_what_the_synthesis_makes_of_its_spectrum()
    {
        using var scope = NewDisposeScope();
        using var random = new StepRandom(1, 0, 0, CPU);
        using var analysis = new CausalSpectrum(Signal, CPU);
        using var synthesis = new WaveformSynthesis(1024, 960, 240);
        var waveform = random.Normal(2, 240 * 12) * 0.1;
        var spectrum = analysis.Of(waveform);
        Assert.That(spectrum.shape, Is.EqualTo(new long[] { 2, 513, 12, 2 }));
        var again = synthesis.Of(spectrum.view_as_complex());
        Assert.That((again - waveform.narrow(1, 0, 240 * 9)).abs().max().item<float>(), Is.LessThan(1e-5));
    }

    [Test]
    public void The_power_of_the_spectrum_has_the_mel_that_is_learnt_from()
    {
        using var scope = NewDisposeScope();
        using var random = new StepRandom(2, 0, 0, CPU);
        using var analysis = new CausalSpectrum(Signal, CPU);
        using var mel = new MelSpectrum(Signal, CPU);
        using var featureMel = new FeatureMel(DenseFilterbank.Of(Signal), 80, 1e-10, CPU);
        var waveform = random.Normal(1, 240 * 8) * 0.1;
        var features = analysis.Of(waveform).square().sum(-1).log() / 2;
        Assert.That((featureMel.Of(features) - mel.Of(waveform)).abs().max().item<float>(), Is.LessThan(1e-3));
    }

    [Test]
    public void Behind_the_mel_of_a_flat_spectrum_is_a_flat_spectrum()
    {
        using var scope = NewDisposeScope();
        using var envelope = new MelEnvelope(Signal, CPU);
        using var mel = new FeatureMel(DenseFilterbank.Of(Signal), 80, 1e-10, CPU);
        var flat = full([1, 513, 3], -1.5);
        Assert.That((envelope.Of(mel.Of(flat)) - flat).abs().max().item<float>(), Is.LessThan(1e-4));
    }

    [Test]
    public void Behind_the_mel_of_a_sloping_spectrum_is_nearly_that_spectrum()
    {
        using var scope = NewDisposeScope();
        using var envelope = new MelEnvelope(Signal, CPU);
        using var mel = new FeatureMel(DenseFilterbank.Of(Signal), 80, 1e-10, CPU);
        var sloping = (arange(513).to_type(ScalarType.Float32) * -0.01).view(1, 513, 1);
        Assert.That((envelope.Of(mel.Of(sloping)) - sloping).abs().narrow(1, 2, 485).max().item<float>(), Is.LessThan(0.05), "between the outermost bands' centres");
    }
}
