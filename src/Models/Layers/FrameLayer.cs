using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Dilated convolution over time, ReLU, and layer normalisation of each frame.</summary>
internal sealed class FrameLayer : nn.Module
{
    private readonly Conv1d _conv;
    private readonly LayerNorm _norm;

    public FrameLayer(int channelsIn, int channels, int kernel, int dilation) : base(nameof(FrameLayer))
    {
        var padding = dilation * (kernel - 1) / 2;
        _conv = this.Child("conv", nn.Conv1d(channelsIn, channels, kernel, padding: padding, dilation: dilation));
        _norm = this.Child("norm", nn.LayerNorm(channels));
    }

    /// <summary>[B, Cin, T] → [B, C, T]; padding is seen as zeros</summary>
    public Tensor forward(Tensor x, Tensor? mask)
    {
        var h = nn.functional.relu(_conv.call(mask is null ? x : x * mask)); // [B, C, T]
        return _norm.call(h.transpose(1, 2)).transpose(1, 2);
    }
}
