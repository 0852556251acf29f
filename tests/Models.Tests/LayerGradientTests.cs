using Tmrvc.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

/// <summary>Analytic gradients of single layers against central differences, in double precision.</summary>
public sealed class LayerGradientTests
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
    public void Residual_block([Values] bool masked)
    {
        var block = new ResBlock(8, 16, globalDimension: 3);
        block.to(ScalarType.Float64);
        var global = Normal(2, 3);
        Check(block, x => block.forward(masked ? x * Mask().At(0) : x, global, masked ? Mask() : null, 0), Normal(2, 8, 7));
    }

    [Test]
    public void Normalisation_over_valid_frames()
    {
        var norm = new FrameGroupNorm(64);
        norm.to(ScalarType.Float64);
        Check(norm, x => norm.forward(x * Mask().At(0), Mask(), 0), Normal(2, 64, 7));
    }

    [Test]
    public void Normalisation_over_valid_frames_of_values_far_from_zero_keeps_their_small_differences()
    {
        var norm = new FrameGroupNorm(64);
        var x = (1000 + 0.01 * Normal(1, 64, 7)).to(ScalarType.Float32).requires_grad_();
        var all = new FrameMask(ones(1, 1, 7), depth: 0);
        var masked = norm.forward(x, all, 0);
        norm.to(ScalarType.Float64);
        var exact = norm.forward(x.to(ScalarType.Float64), all, 0);
        Assert.That((masked - exact).abs().max().item<double>(), Is.LessThan(0.05), "a rounding near 1000 is 0.006 deviations; squares taken there would be off by whole ones");
        Assert.That(masked.square().mean().item<float>(), Is.EqualTo(0.9).Within(0.2), "1e-5 beside a variance of 1e-4");
        (masked * randn(1, 64, 7)).sum().backward();
        Assert.That(x.grad!.abs().max().item<float>(), Is.InRange(10, 1000), "a slope of about a hundred");
    }

    [Test]
    public void Cross_attention([Values] bool masked)
    {
        var attention = new CrossAttention(8, 6, heads: 2);
        attention.to(ScalarType.Float64);
        var content = Normal(2, 7, 6);
        Check(attention, x => attention.forward(x, content, masked ? Mask() : null, 0), Normal(2, 8, 7));
    }

    [Test]
    public void Attentive_statistics([Values] bool masked)
    {
        var pooling = new AttentiveStatistics(8, 4);
        pooling.to(ScalarType.Float64);
        Check(pooling, x => pooling.forward(x, masked ? Mask().At(0) : null), Normal(2, 8, 7));
    }

    [Test]
    public void Causal_block([Values(0, 2)] int ahead)
    {
        var block = Block();
        var past = Normal(2, 8, block.StateFrames(ahead));
        Check(block, Both, Normal(2, 8, 5 + ahead));

        Tensor Both(Tensor x)
        {
            var (frames, kept) = block.forward(x, past, ahead, 5);
            return cat([frames, kept], 2);
        }
    }

    [Test]
    public void Causal_block_through_what_it_remembers([Values(0, 2)] int ahead)
    {
        var block = Block();
        var x = Normal(2, 8, 5 + ahead);
        Check(block, past => block.forward(x, past, ahead, 5).Frames, Normal(2, 8, block.StateFrames(ahead)));
    }

    [Test]
    public void Attention_to_a_timbre()
    {
        var attention = new TimbreAttention(12, new TimbreMemoryShape { Entries = 3, Width = 4, Heads = 2 });
        attention.to(ScalarType.Float64);
        var memory = Normal(2, 3, 4);
        Check(attention, x => attention.forward(x, memory), Normal(2, 12, 5));
    }

    private static CausalBlock Block()
    {
        var block = new CausalBlock(8, expansion: 2, dilation: 2);
        block.to(ScalarType.Float64);
        return block;
    }

    private static void Check(nn.Module layer, Func<Tensor, Tensor> forward, Tensor x)
    {
        const double h = 1e-6;
        var weights = Normal(forward(x).shape);
        Tensor Loss(Tensor at) => (forward(at) * weights).sum();
        var input = x.clone().requires_grad_();
        Loss(input).backward();
        foreach (var (name, value) in layer.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("x", input)))
        {
            var direction = Normal(value.shape);
            var analytic = (value.grad! * direction).sum().item<double>();
            double At(double step)
            {
                using var withoutGradient = no_grad();
                value.add_(direction, alpha: step);
                var loss = Loss(input).item<double>();
                value.add_(direction, alpha: -step);
                return loss;
            }
            var numeric = (At(h) - At(-h)) / (2 * h);
            Assert.That(numeric, Is.EqualTo(analytic).Within(1e-5 * Math.Max(1, Math.Abs(analytic))), name);
        }
    }

    private static FrameMask Mask() =>
        new(tensor(new double[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0 }, [2, 1, 7]), depth: 0);

    private static Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
}
