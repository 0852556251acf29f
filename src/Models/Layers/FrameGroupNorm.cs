using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// Group normalisation (Wu and He, 2018) over an utterance's own frames: padding has no part in the mean and the variance,
/// and comes out as zeros.
/// </summary>
internal sealed class FrameGroupNorm : nn.Module<Tensor, FrameMask?, int, Tensor>
{
    private const double Epsilon = 1e-5;
    private readonly int _groups;
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    public FrameGroupNorm(int channels) : base(nameof(FrameGroupNorm))
    {
        _groups = Math.Min(32, channels);
        _weight = new Parameter(ones(channels));
        _bias = new Parameter(zeros(channels));
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    /// <summary>[B, C, T] → [B, C, T]</summary>
    public override Tensor forward(Tensor x, FrameMask? mask, int level) => mask is null
        ? nn.functional.group_norm(x, _groups, _weight, _bias, Epsilon)
        : OverValidFrames(x, mask.At(level), mask.Count(level));

    private Tensor OverValidFrames(Tensor x, Tensor valid, Tensor count)
    {
        var (batch, channels, frames) = (x.shape[0], x.shape[1], x.shape[2]);
        var values = count * (channels / _groups); // [B, 1, 1]
        var mean = GroupSum(x * valid) / values; // [B, groups, 1]
        var centred = ((x.view(batch, _groups, -1) - mean).view(batch, channels, frames)) * valid;
        var variance = GroupSum(centred.square()) / values;
        var scale = (variance + Epsilon).rsqrt().repeat_interleave(channels / _groups, 1) * _weight.unsqueeze(1); // [B, C, 1]
        return centred * scale + _bias.unsqueeze(1) * valid;
    }

    /// <summary>[B, C, T] → [B, groups, 1]</summary>
    private Tensor GroupSum(Tensor x) => x.view(x.shape[0], _groups, -1).sum(2, keepdim: true);
}
