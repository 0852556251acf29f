using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// Depthwise convolution, layer normalisation, two linear layers, scaled and added to its input (ConvNeXt, Liu et al., 2022, over time
/// as in Vocos, Siuzdak, 2023).
/// </summary>
internal sealed class ConvNeXtBlock : nn.Module
{
    private readonly Conv1d _depthwise;
    private readonly LayerNorm _norm;
    private readonly Linear _expand;
    private readonly Linear _contract;
    private readonly Parameter _scale;

    /// <param name="scale">Of each channel at the beginning.</param>
    public ConvNeXtBlock(int channels, int expansion, int kernel, double scale) : base(nameof(ConvNeXtBlock))
    {
        _depthwise = this.Child("dwconv", nn.Conv1d(channels, channels, kernel, padding: kernel / 2, groups: channels));
        _norm = this.Child("norm", nn.LayerNorm(channels));
        _expand = this.Child("pwconv1", nn.Linear(channels, channels * expansion));
        _contract = this.Child("pwconv2", nn.Linear(channels * expansion, channels));
        _scale = new Parameter(full([channels], scale));
        register_parameter("gamma", _scale);
    }

    /// <summary>[B, C, T] → [B, C, T]; frames outside the mask are seen as zeros</summary>
    public Tensor forward(Tensor x, Tensor? mask)
    {
        var h = _depthwise.call(mask is null ? x : x * mask);
        h = _norm.call(h.transpose(1, 2)); // [B, T, C]
        h = _contract.call(nn.functional.gelu(_expand.call(h))) * _scale;
        return x + h.transpose(1, 2);
    }
}
