using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public sealed class KnownAnswerTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void Enter() => scope = NewDisposeScope();

    [TearDown]
    public void Leave() => scope.Dispose();

    [Test]
    public void Arithmetic_broadcasts_and_keeps_the_type_of_tensors()
    {
        var column = tensor([1f, 2f], [2, 1]);
        var result = 2 * column + tensor(new[] { 10f, 20f }) - 1.5;
        Assert.That((result.dtype, result.Floats()), Is.EqualTo((ScalarType.Float32, new[] { 10.5f, 20.5f, 12.5f, 22.5f })));
        Assert.That((1 - column).Floats(), Is.EqualTo(new[] { 0f, -1f }));
    }

    [Test]
    public void In_place_operators_change_and_return_the_same_object()
    {
        var average = ones(2);
        Assert.That(average.mul_(0.9).add_(tensor(new[] { 10f, 0f }), alpha: 0.1), Is.SameAs(average));
        Assert.That(average.Floats(), Is.EqualTo(new[] { 1.9f, 0.9f }).Within(1e-6));
        Assert.That(average.lerp_(zeros(2), 0.5f).Floats(), Is.EqualTo(new[] { 0.95f, 0.45f }).Within(1e-6));
    }

    [Test]
    public void Reductions_run_over_the_given_dimensions()
    {
        var x = arange(6, ScalarType.Float32).view(2, 3);
        Assert.That(x.sum(dim: 0).Floats(), Is.EqualTo(new[] { 3f, 5f, 7f }));
        Assert.That(x.mean([1], keepdim: true).shape, Is.EqualTo(new long[] { 2, 1 }));
        Assert.That((x.max().item<float>(), x.argmax().item<long>()), Is.EqualTo((5f, 5L)));
    }

    [Test]
    public void An_index_of_the_first_dimensions_is_a_view()
    {
        var x = arange(24, ScalarType.Float32).view(2, 3, 4);
        Assert.That(x[1, 2, 3].item<float>(), Is.EqualTo(23));
        x[1, 0].fill_(-1);
        Assert.That(x[1].Floats(), Is.EqualTo(new[] { -1f, -1, -1, -1, 16, 17, 18, 19, 20, 21, 22, 23 }));
    }

    [Test]
    public void Views_share_and_strided_data_reads_in_index_order()
    {
        var x = arange(6, ScalarType.Float32).view(2, 3);
        x.t()[0, 1].fill_(9);
        Assert.That(x.t().data<float>().ToArray(), Is.EqualTo(new[] { 0f, 9f, 1f, 4f, 2f, 5f }));
        Assert.That(x.Floats()[3], Is.EqualTo(9));
        Assert.That(() => x.t().bytes.Length, Throws.InvalidOperationException.With.Message.Contains("contiguous()"));
    }

    [Test]
    public void Bytes_round_trip_every_type()
    {
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int32, ScalarType.Int64, ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16 })
        {
            var source = arange(5, type);
            var target = zeros(5, type);
            source.bytes.CopyTo(target.bytes);
            Assert.That(target.Equals(source), Is.True, type.ToString());
        }
    }

    [Test]
    public void Linear_interpolation_takes_half_pixel_centres()
    {
        var x = tensor([0f, 4], [1, 1, 2]);
        Assert.That(F.interpolate(x, size: [4], mode: InterpolationMode.Linear).Floats(), Is.EqualTo(new[] { 0f, 1f, 3f, 4f }));
        Assert.That(F.interpolate(x, scale_factor: [2]).Floats(), Is.EqualTo(new[] { 0f, 0f, 4f, 4f }));
    }

    [Test]
    public void A_transposed_convolution_doubles_the_length()
    {
        var x = ones(1, 1, 3);
        var up = F.conv_transpose1d(x, ones(1, 1, 4), stride: 2, padding: 1);
        Assert.That(up.Floats(), Is.EqualTo(new[] { 1f, 2f, 2f, 2f, 2f, 1f }));
    }

    [Test]
    public void Attention_over_one_key_returns_its_value()
    {
        var value = randn(1, 1, 4);
        Assert.That(
            F.scaled_dot_product_attention(randn(1, 3, 2), randn(1, 1, 2), value).allclose(value.expand(1, 3, 4)), Is.True);
        var masked = F.scaled_dot_product_attention(
            randn(1, 1, 2), randn(1, 2, 2), tensor([1f, 2f], [1, 2, 1]), (tensor(new[] { 0f, 1f }) > 0.5).view(1, 2));
        Assert.That(masked.item<float>(), Is.EqualTo(2));
    }

    [Test]
    public void Losses_have_the_textbook_values()
    {
        Tensor left = tensor([1f, 0, 0, 2], [2, 2]), right = zeros(2, 2);
        Assert.That(F.mse_loss(left, right).item<float>(), Is.EqualTo(1.25f));
        Assert.That(F.l1_loss(left, right, nn.Reduction.Sum).item<float>(), Is.EqualTo(3f));
        Assert.That(
            F.cross_entropy(left, tensor(new long[] { 0, 1 })).item<float>(),
            Is.EqualTo((Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(-2))) / 2).Within(1e-6));
        Assert.That(
            F.cosine_similarity(left, tensor([1f, 1, 0, -1], [2, 2])).Floats(),
            Is.EqualTo(new[] { 0.70710677f, -1f }).Within(1e-6));
        Assert.That(
            F.one_hot(tensor(new long[] { 2, 0 }), 3).data<long>().ToArray(), Is.EqualTo(new long[] { 0, 0, 1, 1, 0, 0 }));
    }

    [Test]
    public void Batch_statistics_are_tracked_in_training_and_used_after()
    {
        using var norm = nn.BatchNorm1d(1);
        norm.call(tensor([0f, 2], [2, 1]));
        Assert.That((norm.running_mean!.Floats()[0], norm.running_var!.Floats()[0]), Is.EqualTo((0.1f, 1.1f)));
        norm.eval();
        Assert.That(norm.call(tensor([0.1f], [1, 1])).item<float>(), Is.EqualTo(0).Within(1e-6));
    }

    [Test]
    public void Dropout_acts_in_training_only()
    {
        using var dropout = nn.Dropout(0.5);
        Assert.That(dropout.call(ones(1000)).Floats().Distinct(), Is.EquivalentTo(new[] { 0f, 2f }));
        dropout.eval();
        Assert.That(dropout.call(ones(10)).Floats().Distinct(), Is.EqualTo(new[] { 1f }));
    }

    [Test]
    public void Same_padding_keeps_the_length_in_every_mode()
    {
        using var zeros = nn.Conv1d(2, 3, 4, Padding.Same, dilation: 2);
        using var reflect = nn.Conv1d(2, 3, 4, Padding.Same, dilation: 2, padding_mode: PaddingModes.Reflect);
        Assert.That((zeros.call(randn(1, 2, 9)).shape[2], reflect.call(randn(1, 2, 9)).shape[2]), Is.EqualTo((9L, 9L)));
    }
}
