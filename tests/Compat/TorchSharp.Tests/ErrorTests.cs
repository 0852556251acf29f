using System.Runtime.InteropServices;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public sealed class ErrorTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void Enter() => scope = NewDisposeScope();

    [TearDown]
    public void Leave() => scope.Dispose();

    [Test]
    public void What_libtorch_refuses_is_told_in_one_line()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(2, 3)))!;
        Assert.That(error.Message, Is.EqualTo("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"));
    }

    [Test]
    public void A_call_after_a_refused_one_is_not_disturbed()
    {
        Assert.Throws<ExternalException>(() => zeros(2).add(zeros(3)));
        Assert.That(zeros(2).add(1).Floats(), Is.EqualTo(new[] { 1f, 1f }));
    }

    [Test]
    public void A_second_backward_through_a_freed_graph_is_refused()
    {
        var loss = ones(1, requires_grad: true).pow(2).sum();
        loss.backward();
        Assert.That(
            () => loss.backward(),
            Throws.TypeOf<ExternalException>().With.Message.StartsWith("Trying to backward through the graph a second time"));
    }

    [Test]
    public void An_array_of_the_wrong_size_is_refused() =>
        Assert.That(
            () => tensor(new float[5], [2, 3]),
            Throws.ArgumentException.With.Message.EqualTo("Array of 5 elements: the shape [2, 3] holds 6."));

    [Test]
    public void Data_of_another_type_is_refused() =>
        Assert.That(
            () => zeros(2).data<double>(), Throws.ArgumentException.With.Message.Contains("Float32 read as System.Double"));

    [Test]
    public void An_item_of_many_elements_is_refused() =>
        Assert.That(() => zeros(2).item<float>(), Throws.ArgumentException.With.Message.Contains("[2]"));

    [Test]
    public void A_dimension_that_does_not_exist_is_refused() =>
        Assert.That(
            () => zeros(2, 3).size(2),
            Throws.TypeOf<IndexOutOfRangeException>().With.Message.EqualTo("Dimension 2 of a tensor [2, 3]: expected -2 to 1."));

    [Test]
    public void A_mode_that_does_not_fit_is_refused() =>
        Assert.That(
            () => F.interpolate(zeros(1, 1, 4), size: [8], mode: InterpolationMode.Bicubic),
            Throws.ArgumentException.With.Message.Contains("Bicubic over 1"));

    [Test]
    public void A_device_name_is_parsed_or_refused()
    {
        Assert.That((device("cuda:1").index, device("cpu").ToString()), Is.EqualTo((1, "cpu")));
        Assert.That(() => device("tpu"), Throws.ArgumentException.With.Message.Contains("'tpu'"));
    }
}
