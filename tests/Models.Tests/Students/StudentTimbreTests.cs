using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class StudentTimbreTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void A_delta_does_what_its_product_added_to_the_weights_does()
    {
        using var plain = new Converter(SmallStudent.Architecture, seed: 3);
        using var merged = new Converter(SmallStudent.Architecture, seed: 3);
        var (content, conditions) = (randn(1, 5, 9), SmallStudent.Conditions(1));
        Merge(merged, conditions.LoraDelta!, SmallStudent.Architecture.Lora.Layers);
        var through = plain.forward(content, conditions).Output;
        Assert.That(SmallTeacher.Distance(through, merged.forward(content, conditions with { LoraDelta = null }).Output), Is.LessThan(1e-5));
        Assert.That(SmallTeacher.Distance(through, plain.forward(content, conditions with { LoraDelta = null }).Output), Is.GreaterThan(1e-3));
    }

    [Test]
    public void The_padding_of_a_delta_changes_nothing()
    {
        using var converter = new Converter(SmallStudent.Architecture, seed: 3);
        var (content, conditions) = (randn(1, 5, 9), SmallStudent.Conditions(1));
        var padded = conditions.LoraDelta!.clone();
        padded.narrow(1, 204, 52).add_(7); // 3 layers of 2·(10 + 24)
        var difference = SmallTeacher.Distance(
            converter.forward(content, conditions).Output, converter.forward(content, conditions with { LoraDelta = padded }).Output);
        Assert.That(difference, Is.Zero);
    }

    [Test]
    public void An_untrained_speaker_encoder_changes_no_weight_of_the_converter()
    {
        using var encoder = new StudentSpeakerEncoder(SmallStudent.Architecture, seed: 3);
        using var converter = new Converter(SmallStudent.Architecture, seed: 3);
        var (content, conditions) = (randn(2, 5, 9), SmallStudent.Conditions(2));
        var identity = encoder.forward(randn(2, 6, 30));
        var with = converter.forward(content, conditions with { LoraDelta = identity.LoraDelta }).Output;
        Assert.That(SmallTeacher.Distance(with, converter.forward(content, conditions with { LoraDelta = null }).Output), Is.Zero);
        Assert.That(identity.LoraDelta.shape, Is.EqualTo(new long[] { 2, 256 }));
        Assert.That(identity.LoraDelta.abs().sum().item<float>(), Is.GreaterThan(0));
        Assert.That(identity.Embedding.square().sum(1).data<float>().ToArray(), Is.All.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Every_weight_and_the_delta_receive_a_gradient([Values] TimbrePath timbre)
    {
        using var converter = new Converter(SmallStudent.Architecture with { Timbre = timbre }, seed: 3);
        var conditions = SmallStudent.Conditions(2);
        conditions = conditions with { Speaker = conditions.Speaker.detach().requires_grad_(), LoraDelta = conditions.LoraDelta!.detach().requires_grad_() };
        var output = converter.forward(randn(2, 5, 30), conditions).Output;
        (output * randn(2, 11, 30)).sum().backward();
        var still = converter.named_parameters().Where(p => p.parameter.grad is not { } g || g.abs().max().item<float>() == 0).Select(p => p.name);
        Assert.That(still.Where(name => !name.EndsWith("k_proj.bias", StringComparison.Ordinal)), Is.Empty); // a softmax does not see it
        Assert.That(conditions.Speaker.grad!.abs().max().item<float>(), Is.GreaterThan(0));
        Assert.That(conditions.LoraDelta!.grad is not null, Is.EqualTo(timbre == TimbrePath.Modulation));
    }

    /// <summary>W + alpha/rank · (A·B)ᵀ, straight from the layout.</summary>
    private static void Merge(Converter converter, Tensor delta, int layers)
    {
        using var withoutGradient = no_grad();
        var weights = ModuleWeights.Of(converter);
        for (var layer = 0; layer < layers; layer++)
        {
            var values = delta.narrow(1, layer * 68, 68).squeeze(0);
            var (down, up) = (values.narrow(0, 0, 20).view(10, 2), values.narrow(0, 20, 48).view(2, 24));
            var weight = weights[$"blocks.{layer}.film.proj.weight"];
            weight.copy_(weight + down.matmul(up).transpose(0, 1) * 3);
        }
    }
}
