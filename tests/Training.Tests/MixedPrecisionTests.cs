using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class MixedPrecisionTests
{
    [Test]
    public void Products_are_rounded_to_bfloat16_and_come_out_as_float32()
    {
        using var scope = NewDisposeScope();
        var (product, exact) = (Product(Precision.Bf16), Product(Precision.Float32));
        Assert.That(product.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That((product - product.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32)).abs().max().ToDouble(), Is.Zero);
        Assert.That(((product - exact).abs().max() / exact.abs().max()).ToDouble(), Is.GreaterThan(1e-4).And.LessThan(2e-2));
    }

    [Test]
    public void Gradients_are_float32_and_near_the_exact_ones()
    {
        using var scope = NewDisposeScope();
        var (rounded, exact) = (Gradient(Precision.Bf16), Gradient(Precision.Float32));
        Assert.That(rounded.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(((rounded - exact).norm() / exact.norm()).ToDouble(), Is.GreaterThan(1e-5).And.LessThan(2e-2));
    }

    [Test]
    public void Nothing_is_rounded_afterwards_nor_without_gradients()
    {
        using var scope = NewDisposeScope();
        Product(Precision.Bf16);
        Assert.That(Drawn(1).matmul(Drawn(2)).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(is_autocast_cpu_enabled(), Is.False);
        using var _ = no_grad();
        Assert.That((Product(Precision.Bf16) - Product(Precision.Float32)).abs().max().ToDouble(), Is.Zero);
    }

    [TestCase(Precision.Float32, false)]
    [TestCase(Precision.Tf32, true)]
    [TestCase(Precision.Bf16, true)]
    public void Tf32_is_allowed_while_a_phase_runs_that_says_so(Precision precision, bool allowed)
    {
        using var folder = new TemporaryFolder();
        using var network = new CurveFitting();
        var before = (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
        var seen = new HashSet<(bool, bool)>();
        var learner = network.Phase(2).Learners[0] with
        {
            Objective = (batch, random) =>
            {
                seen.Add((backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32));
                return network.Evaluate(batch, random);
            },
        };
        new Trainer<Points>(network.Phase(2) with { Learners = [learner], Precision = precision }, CPU, TimeProvider.System)
            .Run(new RecordedRun(folder.Path), CancellationToken.None).Dispose();
        Assert.That(seen, Is.EqualTo(new[] { (allowed, allowed) }));
        Assert.That((backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32), Is.EqualTo(before));
    }

    [Test]
    public void Only_teachers_are_trained_in_bfloat16()
    {
        TrainingSettings[] others = [new TeacherVocoderSettings { Precision = Precision.Bf16 }, new SpeakerEncoderSettings { Precision = Precision.Bf16 }];
        Assert.That(others.Select(settings => settings.Mistakes().Select(m => m.Property)), Has.All.EqualTo(new[] { "precision" }));
        Assert.That(new TeacherPhaseSettings { Precision = Precision.Bf16 }.Mistakes(), Is.Empty);
    }

    private static Tensor Product(Precision precision) =>
        new MixedPrecision(precision, CPU).Forward(() => Drawn(1).matmul(Drawn(2)));

    private static Tensor Gradient(Precision precision)
    {
        var weight = new TorchSharp.Modules.Parameter(Drawn(3));
        new MixedPrecision(precision, CPU).Forward(() => Drawn(1).matmul(weight)).square().mean().backward();
        return weight.grad!;
    }

    private static Tensor Drawn(int seed)
    {
        using var random = new StepRandom(seed, 0, 0, CPU);
        return random.Normal(32, 32);
    }
}
