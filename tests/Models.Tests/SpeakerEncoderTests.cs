using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class SpeakerEncoderTests
{
    private static readonly SpeakerEncoderArchitecture Small = new() { Mels = 6, Embedding = 10, Channels = 16, Scale = 4, Squeeze = 8 };

    private DisposeScope _scope = null!;
    private SpeakerEncoder _encoder = null!;

    [SetUp]
    public void Build() => (_scope, _encoder) = (NewDisposeScope(), new SpeakerEncoder(Small, seed: 2));

    [TearDown]
    public void Release()
    {
        _encoder.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void Embeddings_have_unit_length_and_the_declared_dimension()
    {
        using var encoder = new SpeakerEncoder(new SpeakerEncoderArchitecture());
        var embedding = encoder.call(randn(2, 80, 100), null);
        Assert.That(embedding.shape, Is.EqualTo(new long[] { 2, 192 }));
        Assert.That(embedding.norm(1).data<float>().ToArray(), Is.All.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Padding_and_batch_mates_do_not_change_an_embedding([Values(1, 13, 40)] int frames)
    {
        var mel = randn(2, 6, 40);
        var mask = stack([ones(1, 40), arange(40).lt(frames).to(ScalarType.Float32).unsqueeze(0)]); // [2, 1, 40]
        var alone = _encoder.call(mel.narrow(0, 1, 1).narrow(2, 0, frames), null);
        Assert.That(SmallTeacher.Distance(_encoder.call(mel, mask).narrow(0, 1, 1), alone), Is.LessThan(2e-5));
    }

    [Test]
    public void A_gradient_reaches_every_parameter()
    {
        _encoder.call(randn(3, 6, 30), null).mul(randn(3, 10)).sum().backward();
        var still = _encoder.named_parameters().Where(p => p.parameter.grad is not { } g || g.abs().max().item<float>() == 0).Select(p => p.name);
        // A bias of the last attention layer adds the same to every frame's score, and softmax over frames does not see it.
        Assert.That(still.Where(name => name != "pooling.outer.bias"), Is.Empty);
    }

    [Test]
    public void Weights_come_back_from_their_file()
    {
        var path = Path.Combine(Path.GetTempPath(), TestContext.CurrentContext.Test.ID + ".safetensors");
        ModuleWeights.Save(_encoder, path);
        using var loaded = new SpeakerEncoder(Small, seed: 9);
        ModuleWeights.Load(loaded, path);
        File.Delete(path);
        var mel = randn(1, 6, 30);
        Assert.That(SmallTeacher.Distance(_encoder.call(mel, null), loaded.call(mel, null)), Is.Zero);
    }

    [Test]
    public void All_mistakes_are_listed_before_anything_is_built() =>
        Assert.That(() => new SpeakerEncoder(new() { Channels = 30, Scale = 4, Dilations = [0] }), Throws.ArgumentException
            .With.Message.Contains("30 channels in 4 groups").And.Message.Contains("dilations: [0]"));
}
