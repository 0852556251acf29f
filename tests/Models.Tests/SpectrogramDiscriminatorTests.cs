using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class SpectrogramDiscriminatorTests
{
    [Test]
    public void It_judges_patches_of_an_eighth_of_the_bins_and_every_frame()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new SpectrogramDiscriminator(4, seed: 1);
        var judgement = discriminator.Judge(rand([2, 129, 10]) + 0.1);
        Assert.That(judgement.Scores.shape, Is.EqualTo(new long[] { 2, 1, 17, 10 }));
        Assert.That(judgement.Features, Has.Count.EqualTo(5));
    }

    [Test]
    public void A_gradient_reaches_every_parameter_and_the_spectrum()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new SpectrogramDiscriminator(4, seed: 1);
        var magnitudes = (rand([2, 33, 6]) + 0.1).requires_grad_();
        discriminator.Judge(magnitudes).Scores.square().sum().backward();
        Assert.That(discriminator.named_parameters().Where(p => p.parameter.grad is not { } g || g.abs().max().item<float>() == 0).Select(p => p.name), Is.Empty);
        Assert.That(magnitudes.grad!.abs().sum().item<float>(), Is.GreaterThan(0));
    }
}
