using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>GroupNorm → SiLU → convolution, twice, around a skip; the second normalisation may be modulated by a global condition.</summary>
internal sealed class ResBlock : nn.Module
{
    private readonly FrameGroupNorm _norm1;
    private readonly FrameGroupNorm _norm2;
    private readonly Conv1d _conv1;
    private readonly Conv1d _conv2;
    private readonly Conv1d? _skip;
    private readonly Film? _film;

    /// <param name="globalDimension">Width of the global condition; 0 for none.</param>
    public ResBlock(int channelsIn, int channels, int globalDimension) : base(nameof(ResBlock))
    {
        _norm1 = this.Child("norm1", new FrameGroupNorm(channelsIn));
        _conv1 = this.Child("conv1", nn.Conv1d(channelsIn, channels, 3, padding: 1));
        _norm2 = this.Child("norm2", new FrameGroupNorm(channels));
        _conv2 = this.Child("conv2", nn.Conv1d(channels, channels, 3, padding: 1));
        _skip = channelsIn == channels ? null : this.Child("skip", nn.Conv1d(channelsIn, channels, 1));
        _film = globalDimension == 0 ? null : this.Child("film", new Film(globalDimension, channels));
    }

    /// <summary>[B, Cin, T], zeros on padding → [B, C, T], zeros on padding</summary>
    public Tensor forward(Tensor x, Tensor? global, FrameMask? mask, int level)
    {
        var h = Activated(_norm1.forward(x, mask, level), mask, level);
        h = Valid(_conv1.call(h), mask, level); // [B, C, T]
        h = Activated(_norm2.forward(h, mask, level, _film?.Modulation(global!)), mask, level);
        h = _conv2.call(h) + (_skip is null ? x : _skip.call(x));
        return Valid(h, mask, level);
    }

    private static Tensor Activated(Tensor x, FrameMask? mask, int level) => Valid(nn.functional.silu(x), mask, level);

    internal static Tensor Valid(Tensor x, FrameMask? mask, int level) => mask is null ? x : x * mask.At(level);
}
