using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Gradients of autograd against central differences.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-6;

    /// <summary>
    /// The largest difference, over all elements of all inputs, between the gradient and the quotient of differences of a
    /// weighted sum of the outputs.
    /// </summary>
    public static double LargestError(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor input in inputs) input.requires_grad_();
        Tensor output = function(inputs);
        Tensor weights = Weights(output);
        var gradients = autograd.grad([(output * weights).sum()], inputs);
        using IDisposable frozen = no_grad();
        return inputs.Zip(gradients).Max(pair => LargestError(() => (function(inputs) * weights).sum().item<double>(), pair.First, pair.Second));
    }

    private static Tensor Weights(Tensor output) => linspace(0.5, 1.5, output.numel(), ScalarType.Float64).reshape(output.shape);

    private static double LargestError(Func<double> value, Tensor input, Tensor gradient)
    {
        double[] expected = gradient.contiguous().data<double>().ToArray();
        using var elements = input.data<double>();
        double largest = 0;
        for (long i = 0; i < expected.Length; i++)
        {
            double original = elements[i];
            elements[i] = original + Step;
            double above = value();
            elements[i] = original - Step;
            double below = value();
            elements[i] = original;
            largest = Math.Max(largest, Math.Abs((above - below) / (2 * Step) - expected[i]));
        }
        return largest;
    }
}

internal static class Values
{
    public static Tensor Double(params long[] shape) => randn(shape, ScalarType.Float64);

    public static float[] Floats(this Tensor tensor) => tensor.@float().data<float>().ToArray();

    public static double[] Doubles(this Tensor tensor) => tensor.@double().data<double>().ToArray();
}
