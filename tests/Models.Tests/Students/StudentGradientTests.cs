using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

/// <summary>Whatever a student may learn, a loss on what it gives reaches.</summary>
public sealed class StudentGradientTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Open()
    {
        _scope = NewDisposeScope();
        manual_seed(1);
    }

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void Every_weight_of_the_content_encoder_and_what_it_remembers_receive_a_gradient()
    {
        using var encoder = new ContentEncoder(SmallStudent.Architecture, seed: 2);
        var state = randn(2, 8, encoder.StateFrames).requires_grad_();
        var output = encoder.forward(randn(2, 6, 9), randn(2, 1, 9), state).Output;
        (output * randn(output.shape)).sum().backward();
        Assert.That(Still(encoder), Is.Empty);
        Assert.That(state.grad!.abs().max().item<float>(), Is.GreaterThan(0));
    }

    [Test]
    public void Every_weight_of_the_ear_for_rooms_receives_a_gradient()
    {
        using var estimator = new IrEstimator(SmallStudent.Architecture, seed: 3);
        var output = estimator.forward(randn(2, 6, 20)).Output;
        (output * randn(output.shape)).sum().backward();
        Assert.That(Still(estimator), Is.Empty);
    }

    [Test]
    public void Every_weight_of_the_speaker_encoder_receives_a_gradient_and_those_behind_a_head_of_zeros_once_it_is_none([Values] bool masked)
    {
        using var encoder = new StudentSpeakerEncoder(SmallStudent.Architecture, seed: 4);
        var mask = masked ? cat([ones(2, 1, 14), zeros(2, 1, 6)], 2) : null;
        Assert.That(StillAfter(), Is.EquivalentTo(new[] { "lora_head.0.weight", "lora_head.0.bias" }), "nothing passes a product with zeros");
        using (no_grad()) ModuleWeights.Of(encoder)["lora_head.2.weight"].copy_(randn(ModuleWeights.Of(encoder)["lora_head.2.weight"].shape));
        Assert.That(StillAfter(), Is.Empty);

        IEnumerable<string> StillAfter()
        {
            foreach (var parameter in encoder.parameters()) parameter.grad = null;
            var identity = encoder.forward(randn(2, 6, 20), mask);
            ((identity.Embedding * randn(identity.Embedding.shape)).sum() + (identity.LoraDelta * randn(identity.LoraDelta.shape)).sum()).backward();
            return Still(encoder);
        }
    }

    [Test]
    public void The_mel_of_features_has_the_slope_that_differences_show()
    {
        const double h = 1e-2;
        using var mel = new FeatureMel([.. Enumerable.Range(0, 3 * 11).Select(i => (float)(i % 5))], bands: 3, floor: 1e-10, CPU);
        var (features, direction, weights) = (randn(1, 11, 4).requires_grad_(), randn(1, 11, 4), randn(1, 3, 4));
        Tensor Loss(Tensor at) => (mel.Of(at) * weights).sum();
        Loss(features).backward();
        using var _ = no_grad();
        var numeric = (Loss(features + direction * h) - Loss(features - direction * h)).item<float>() / (2 * h);
        Assert.That((double)(features.grad! * direction).sum().item<float>(), Is.EqualTo(numeric).Within(1e-2 * Math.Max(1, Math.Abs(numeric))));
    }

    private static IEnumerable<string> Still(nn.Module network) =>
        network.named_parameters().Where(p => p.parameter.grad is not { } g || g.abs().max().item<float>() == 0).Select(p => p.name);
}
