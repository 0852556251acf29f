using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class PeriodDiscriminatorTests
{
    [Test]
    public void It_judges_each_phase_of_the_period_by_itself()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new PeriodDiscriminator(5, 2, seed: 1);
        var waveform = rand([2, 1003]) - 0.5;
        var judgement = discriminator.Judge(waveform);
        Assert.That(judgement.Scores.shape, Is.EqualTo(new long[] { 2, 1, 3, 5 }), "201 samples of each phase, divided by 3 four times");
        Assert.That(judgement.Features, Has.Count.EqualTo(4));
        var everyFifth = tensor([.. Enumerable.Range(0, 1003).Select(n => n % 5 == 2 ? 0.3f : 0)], [1003]);
        var change = (discriminator.Judge(waveform + everyFifth).Scores - judgement.Scores).abs().sum([0L, 1L, 2L]).data<float>().ToArray();
        Assert.That(change.Select(moved => moved > 0), Is.EqualTo(new[] { false, false, true, false, false }));
    }

    [Test]
    public void A_gradient_reaches_every_parameter_and_the_waveform()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new PeriodDiscriminator(3, 2, seed: 1);
        var waveform = (rand([2, 600]) - 0.5).requires_grad_();
        discriminator.Judge(waveform).Scores.square().sum().backward();
        Assert.That(discriminator.named_parameters().Where(p => p.parameter.grad is not { } g || g.abs().max().item<float>() == 0).Select(p => p.name), Is.Empty);
        Assert.That(waveform.grad!.abs().sum().item<float>(), Is.GreaterThan(0));
    }
}
