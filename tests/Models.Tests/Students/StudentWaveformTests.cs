using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class StudentWaveformTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void The_mel_of_features_is_the_filterbank_on_their_power()
    {
        using var mel = new FeatureMel([1, 0, 0.5f, 0, 2, 0], 2, 1e-10, CPU);
        var features = tensor(new float[] { 0, MathF.Log(3), MathF.Log(2), -50, -50, -50 }, [1, 3, 2]);
        var expected = new[] { 0, MathF.Log(9), MathF.Log(8), MathF.Log(1e-10f) };
        Assert.That(mel.Of(features).data<float>().ToArray(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void A_full_scale_tone_comes_back_from_magnitude_and_phase()
    {
        using var synthesis = new WaveformSynthesis(1024, 960, 240);
        var tone = (arange(2400, dtype: ScalarType.Float32) * (2 * Math.PI * 440 / 24000)).sin().unsqueeze(0);
        var padded = nn.functional.pad(tone, [720, 0]);
        var frames = Enumerable.Range(0, 10).Select(frame => padded.narrow(1, 240 * frame, 960) * hann_window(960));
        var spectrum = fft.rfft(stack(frames, 2), 1024, 1);
        var restored = synthesis.Of(spectrum);
        Assert.That(restored.shape, Is.EqualTo(new long[] { 1, 1680 }));
        Assert.That(SmallTeacher.Distance(restored, tone.narrow(1, 0, 1680)), Is.LessThan(1e-5));
    }

    [Test]
    public void A_spectrum_has_the_magnitude_and_the_phase_of_the_vocoder()
    {
        using var vocoder = new StudentVocoder(SmallStudent.Architecture, seed: 3);
        var frames = vocoder.forward(randn(1, 11, 5));
        var parts = frames.Spectrum().view_as_real();
        Assert.That(SmallTeacher.Distance(parts.select(3, 0), frames.Magnitude * frames.Phase.cos()), Is.LessThan(1e-5));
        Assert.That(SmallTeacher.Distance(parts.select(3, 1), frames.Magnitude * frames.Phase.sin()), Is.LessThan(1e-5));
        Assert.That(frames.Magnitude.data<float>().ToArray(), Is.All.GreaterThan(0));
    }

    [Test]
    public void A_gradient_goes_from_samples_to_every_weight_of_the_vocoder()
    {
        using var vocoder = new StudentVocoder(SmallStudent.Architecture, seed: 3);
        using var synthesis = new WaveformSynthesis(20, 16, 4);
        var samples = synthesis.Of(vocoder.forward(randn(2, 11, 12)).Spectrum());
        (samples * randn(2, 36)).sum().backward();
        var still = vocoder.named_parameters().Where(p => p.parameter.grad is not { } g || g.abs().max().item<float>() == 0).Select(p => p.name);
        Assert.That(still, Is.Empty);
    }

    [Test]
    public void Fewer_frames_than_a_hop_needs_are_refused()
    {
        using var synthesis = new WaveformSynthesis(20, 16, 4);
        Assert.That(() => synthesis.Of(complex(randn(1, 11, 3), randn(1, 11, 3))), Throws.ArgumentException.With.Message.Contains("3 frames"));
    }
}
