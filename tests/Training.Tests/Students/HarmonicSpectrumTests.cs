using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class HarmonicSpectrumTests
{
    private static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private static Tensor Sloping => (arange(80).to_type(ScalarType.Float32) * -0.06).view(1, 80, 1);

    [Test]
    public void Without_a_pitch_it_is_the_smooth_spectrum()
    {
        using var scope = NewDisposeScope();
        using var spectrum = new HarmonicSpectrum(new StudentArchitecture(), Signal, CPU);
        using var envelope = new MelEnvelope(Signal, CPU);
        Assert.That((spectrum.Of(Sloping, zeros(1, 1, 1)) - envelope.Of(Sloping)).abs().max().item<float>(), Is.LessThan(0.2));
    }
}
