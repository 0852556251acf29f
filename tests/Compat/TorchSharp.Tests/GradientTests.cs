using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public sealed class GradientTests
{
    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Function, long[][] Shapes)> Functions = new()
    {
        ["add, mul, sub, div"] = (x => (x[0] + x[1] * 2) * x[0] - x[1] / (x[0] * x[0] + 1), [[2, 3], [2, 3]]),
        ["scalar over tensor"] = (x => 1.0 / (x[0] * x[0] + 2) - 3, [[5]]),
        ["exp, log, sqrt, pow"] = (x => x[0].exp().add(1).log() + (x[0] * x[0] + 1).sqrt() + x[0].pow(3), [[4]]),
        ["sin, cos, tanh, sigmoid"] = (x => x[0].sin() * x[0].cos() + x[0].tanh() * x[0].sigmoid(), [[4]]),
        ["silu, relu, leaky relu"] = (x => F.silu(x[0]) + F.relu(x[0]) + F.leaky_relu(x[0]), [[6]]),
        ["softmax"] = (x => x[0].softmax(1), [[3, 4]]),
        ["clamp"] = (x => x[0].clamp(-10, 10) + x[0].clamp_min(-10), [[4]]),
        ["sum, mean, norm"] = (x => x[0].sum(1) + x[0].mean([1]) + x[0].norm(1), [[2, 5]]),
        ["matmul"] = (x => x[0].matmul(x[1]), [[2, 3, 4], [2, 4, 3]]),
        ["mv, dot"] = (x => x[0].mv(x[1]).dot(x[2]), [[3, 4], [4], [3]]),
        ["linear"] = (x => F.linear(x[0], x[1], x[2]), [[2, 3, 4], [5, 4], [5]]),
        ["conv1d, strided and dilated"] = (x => F.conv1d(x[0], x[1], x[2], stride: 2, padding: 2, dilation: 2), [[2, 3, 9], [4, 3, 3], [4]]),
        ["conv1d, grouped"] = (x => F.conv1d(x[0], x[1], null, padding: 1, groups: 3), [[2, 3, 6], [3, 1, 3]]),
        ["conv2d"] = (x => F.conv2d(x[0], x[1], x[2], padding: [1, 1]), [[1, 2, 4, 5], [3, 2, 3, 3], [3]]),
        ["conv_transpose1d"] = (x => F.conv_transpose1d(x[0], x[1], x[2], stride: 2, padding: 1), [[2, 3, 5], [3, 2, 4], [2]]),
        ["group norm"] = (x => F.group_norm(x[0], 2, x[1], x[2]), [[2, 4, 5], [4], [4]]),
        ["layer norm"] = (x => F.layer_norm(x[0], [4], x[1], x[2]), [[2, 3, 4], [4], [4]]),
        ["batch norm"] = (x => F.batch_norm(x[0], null, null, x[1], x[2], training: true), [[3, 2, 4], [2], [2]]),
        ["attention"] = (x => F.scaled_dot_product_attention(x[0], x[1], x[2]), [[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 4]]),
        ["causal attention"] = (x => F.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true), [[1, 4, 3], [1, 4, 3], [1, 4, 3]]),
        ["linear interpolation"] = (x => F.interpolate(x[0], size: [7], mode: InterpolationMode.Linear), [[1, 2, 4]]),
        ["pad"] = (x => F.pad(x[0], [2, 1]) + F.pad(x[0], [1, 2], PaddingModes.Reflect)
            + F.pad(x[0], [1, 2], PaddingModes.Replicate) + F.pad(x[0], [2, 1], PaddingModes.Circular), [[1, 2, 5]]),
        ["cat, stack, chunk"] = (x => cat([x[0], x[1]], 1).chunk(2, 1)[1]
            + stack([x[0], x[1]], 0).sum(dim: 0), [[2, 4], [2, 4]]),
        ["views"] = (x => x[0].view(3, 4).transpose(0, 1).unsqueeze(0).expand(2, 4, 3).permute(2, 0, 1).flatten(1), [[2, 6]]),
        ["indexing"] = (x => x[0].narrow(1, 1, 2) + x[0][0, 2] + x[0].select(1, 0).unsqueeze(1), [[3, 6]]),
        ["gather, index_select, masked_fill"] = (x => x[0].gather(1, tensor([0L, 2, 1, 1], [2, 2]))
            + x[0].index_select(1, tensor(new long[] { 2, 0 })).masked_fill(tensor(new[] { 1f, 0f }) > 0.5, 3), [[2, 3]]),
        ["losses"] = (x => F.mse_loss(x[0], x[1]) + F.l1_loss(x[0], x[1]), [[3, 4], [3, 4]]),
        ["cross entropy"] = (x => F.cross_entropy(x[0], tensor(new long[] { 1, 0, 2 }), label_smoothing: 0.1), [[3, 4]]),
        ["cosine similarity, normalize"] = (x => F.cosine_similarity(x[0], x[1]) + F.normalize(x[0]).sum(1), [[3, 4], [3, 4]]),
        ["rfft and irfft"] = (x => fft.irfft(fft.rfft(x[0]) * 2, 8) + fft.rfft(x[0]).abs().sum(), [[8]]),
        ["stft magnitude"] = (x => x[0].stft(8, 4, 8, hann_window(8, dtype: ScalarType.Float64), return_complex: true).abs().pow(2), [[20]]),
    };

    private static IEnumerable<string> Names => Functions.Keys;

    [TestCaseSource(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        var (function, shapes) = Functions[name];
        var inputs = shapes.Select(shape => Values.Double(shape)).ToArray();
        Assert.That(FiniteDifferences.LargestError(function, inputs), Is.LessThan(2e-6));
    }

    [Test]
    public void Backward_adds_to_the_leaves_gradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        (x * x).sum().backward();
        (x * 3).sum().backward();
        Assert.That(x.grad!.Floats(), Is.EqualTo(new[] { 5f, 7f }));
    }

    [Test]
    public void A_second_derivative_comes_from_a_kept_graph()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];
        Assert.That((first.item<double>(), second.item<double>()), Is.EqualTo((12.0, 12.0)));
    }

    [Test]
    public void Nothing_is_recorded_without_grad()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (no_grad()) Assert.That((x * 2).requires_grad, Is.False);
        using (inference_mode()) Assert.That((x * 2).requires_grad, Is.False);
        Assert.That((x * 2).requires_grad, Is.True);
    }

    [Test]
    public void A_detached_tensor_carries_no_gradient()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        (x * x.detach()).sum().backward();
        Assert.That(x.grad!.Floats(), Is.EqualTo(new[] { 1f, 1f }));
    }
}
