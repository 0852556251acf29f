using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class RandomTests
{
    [Test]
    public void A_restored_state_repeats_what_followed_it()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        randn([3]);
        Tensor state = get_rng_state();
        float[] first = randn([7]).Floats();
        set_rng_state(state);
        Assert.That(randn([7]).Floats(), Is.EqualTo(first));
    }

    [Test]
    public void A_state_survives_its_bytes()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        byte[] bytes = get_rng_state().bytes.ToArray();
        float[] first = rand(4).Floats();
        Tensor state = zeros(bytes.Length, ScalarType.Byte);
        bytes.CopyTo(state.bytes);
        set_rng_state(state);
        Assert.That(rand(4).Floats(), Is.EqualTo(first));
    }

    [Test]
    public void Generators_of_one_seed_agree_and_leave_the_default_alone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        byte[] untouched = get_rng_state().bytes.ToArray();
        using var left = new Generator(9);
        using var right = new Generator().manual_seed(9);
        Assert.That(randn([5], generator: left).Floats(), Is.EqualTo(randn([5], generator: right).Floats()));
        Assert.That(randperm(9, generator: left).Floats(), Is.EqualTo(randperm(9, generator: right).Floats()));
        Assert.That(get_rng_state().bytes.ToArray(), Is.EqualTo(untouched));
    }

    /// <summary>
    /// Values of PyTorch 1.13: torch.manual_seed(0); torch.randn(3); torch.rand(2); torch.randperm(5).
    /// </summary>
    [Test]
    public void Seeds_give_the_numbers_of_PyTorch()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        Assert.That(randn([3]).Floats(), Is.EqualTo(new[] { 1.5409961f, -0.2934289f, -2.1787894f }).Within(1e-6));
        Assert.That(rand(2).Floats(), Is.EqualTo(PyTorch.Rand).Within(1e-6));
        Assert.That(randperm(5).data<long>().ToArray(), Is.EqualTo(PyTorch.Permutation));
    }

    [Test]
    public void Uniform_numbers_stay_in_their_range()
    {
        using var scope = NewDisposeScope();
        float[] drawn = empty([1000]).uniform_(2, 3).Floats();
        Assert.That((drawn.Min(), drawn.Max()), Is.EqualTo((2f, 3f)).Using<(float, float)>((a, b) =>
            a.Item1 >= 2 && a.Item2 < 3 && a.Item1 < 2.1 && a.Item2 > 2.9));
    }

    private static class PyTorch
    {
        public static readonly float[] Rand = [0.4556280f, 0.6323063f];
        public static readonly long[] Permutation = [1, 3, 2, 4, 0];
    }
}
