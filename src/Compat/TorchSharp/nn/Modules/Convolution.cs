using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Weights, bias and geometry of a convolution; PyTorch's initial values, drawn in PyTorch's order.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(
        string name, ConvolutionGeometry geometry, long[] weightShape, bool bias, Device? device, ScalarType? dtype)
        : base(name)
    {
        Geometry = geometry;
        weight = new Parameter(empty(weightShape, dtype, device));
        if (bias) this.bias = new Parameter(empty([geometry.OutChannels], dtype, device));
        reset_parameters();
        RegisterComponents();
    }

    [field: ComponentName(Name = nameof(weight))]
    public Parameter weight { get; }

    [field: ComponentName(Name = nameof(bias))]
    public Parameter? bias { get; }

    public long groups => Geometry.Groups;

    public long[] stride => Geometry.Stride;

    public long[]? padding => Geometry.Padding;

    public long[] dilation => Geometry.Dilation;

    public PaddingModes padding_mode => Geometry.Mode;

    private protected ConvolutionGeometry Geometry { get; }

    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
        if (bias is null) return;
        double bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
        nn.init.uniform_(bias, -bound, bound);
    }
}

/// <summary>What a convolution is besides its weights. A padding of null means "as much as keeps the length".</summary>
internal sealed record ConvolutionGeometry(
    long InChannels, long OutChannels, long[] Kernel, long[] Stride, long[]? Padding, long[] Dilation, long Groups,
    PaddingModes Mode)
{
    public long[] OutputPadding { get; init; } = [];

    /// <summary>[O, I/groups, K…].</summary>
    public long[] WeightShape => [OutChannels, InChannels / Groups, .. Kernel];

    /// <summary>[I, O/groups, K…], as transposed convolutions keep it.</summary>
    public long[] TransposedWeightShape => [InChannels, OutChannels / Groups, .. Kernel];

    /// <summary>Left and right of the last dimension, then of the one before, as <c>pad</c> takes it.</summary>
    public long[] EdgePadding => [.. Enumerable.Range(0, Kernel.Length).Reverse().SelectMany(Edges)];

    private long[] Edges(int dimension)
    {
        if (Padding is { } given) return [given[dimension], given[dimension]];
        long total = Dilation[dimension] * (Kernel[dimension] - 1);
        return [total / 2, total - total / 2];
    }
}
