using Tmrvc.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class TeacherVocoderTests
{
    private static readonly VocoderArchitecture Small = new() { Mels = 6, Channels = 8, Blocks = 2, Kernel = 3, NFft = 20, WindowLength = 16, HopLength = 4 };

    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void The_spectrum_of_a_waveform_leads_back_to_the_waveform()
    {
        using var inverse = new OverlapAdd(Small);
        var waveform = randn(2, 40);
        var restored = inverse.forward(Analysis(waveform));
        Assert.That(SmallTeacher.Distance(restored, waveform), Is.LessThan(1e-5));
    }

    [Test]
    public void A_waveform_has_one_hop_of_samples_per_frame([Values(1, 5)] int frames)
    {
        using var vocoder = new TeacherVocoder(new VocoderArchitecture { Blocks = 1 });
        Assert.That(vocoder.call(randn(2, 80, frames), null).shape, Is.EqualTo(new long[] { 2, 240 * frames }));
    }

    [Test]
    public void Padding_and_batch_mates_do_not_change_a_waveform([Values(1, 7, 12)] int frames)
    {
        using var vocoder = new TeacherVocoder(Small, seed: 3);
        var mel = randn(2, 6, 12);
        var mask = stack([ones(1, 12), arange(12).lt(frames).to(ScalarType.Float32).unsqueeze(0)]); // [2, 1, 12]
        var padded = vocoder.call(mel, mask).narrow(0, 1, 1);
        var alone = vocoder.call(mel.narrow(0, 1, 1).narrow(2, 0, frames), null);
        Assert.That(SmallTeacher.Distance(padded.narrow(1, 0, 4 * frames), alone), Is.LessThan(1e-6));
        Assert.That(padded.narrow(1, 4 * frames, 4 * (12 - frames)).abs().sum().item<float>(), Is.Zero);
    }

    [Test]
    public void A_gradient_reaches_every_parameter_and_the_mel()
    {
        using var vocoder = new TeacherVocoder(Small, seed: 3);
        var mel = randn(2, 6, 9).requires_grad_();
        vocoder.call(mel, null).mul(randn(2, 36)).sum().backward();
        var still = vocoder.named_parameters().Where(p => p.parameter.grad is not { } g || g.abs().max().item<float>() == 0).Select(p => p.name);
        Assert.That(still, Is.Empty);
        Assert.That(mel.grad!.abs().sum(1).data<float>().ToArray(), Is.All.GreaterThan(0));
    }

    [Test]
    public void All_mistakes_are_listed_before_anything_is_built() =>
        Assert.That(() => new TeacherVocoder(new() { Kernel = 4, HopLength = 250 }), Throws.ArgumentException
            .With.Message.Contains("kernel: 4").And.Message.Contains("960 samples at a hop of 250"));

    /// <summary>[B, 4·T] → [B, 11, T + 3], frame by frame as the mel is cut.</summary>
    private static Tensor Analysis(Tensor waveform)
    {
        var padded = nn.functional.pad(waveform, [12, 12]);
        var window = hann_window(16);
        var frames = Enumerable.Range(0, (int)waveform.shape[1] / 4 + 3).Select(frame => padded.narrow(1, 4 * frame, 16) * window);
        return fft.rfft(stack([.. frames], 2), 20, 1);
    }
}
