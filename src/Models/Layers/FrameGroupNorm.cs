using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// Group normalisation (Wu and He, 2018) over an utterance's own frames: padding has no part in the mean and the variance.
/// A modulation, if any, follows it.
/// </summary>
internal sealed class FrameGroupNorm : nn.Module
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

    /// <summary>x [B, C, T], zeros on padding → [B, C, T], of no meaning on padding</summary>
    public Tensor forward(Tensor x, FrameMask? mask, int level, Modulation? modulation = null)
    {
        if (mask is not null) return OverValidFrames(x.Widened(), mask.At(level), mask.Count(level), modulation);
        var h = nn.functional.group_norm(x.Widened(), _groups, _weight, _bias, Epsilon);
        return modulation is null ? h : h * modulation.Scale + modulation.Shift;
    }

    /// <summary>Normalisation and modulation are both affine per channel, and applied as one.</summary>
    /// <param name="valid">[B, 1, T]</param>
    /// <param name="count">[B, 1, 1], of valid frames.</param>
    private Tensor OverValidFrames(Tensor x, Tensor valid, Tensor count, Modulation? modulation)
    {
        var (batch, channels) = (x.shape[0], x.shape[1]);
        var values = count * (channels / _groups); // [B, 1, 1]
        var mean = x.view(batch, _groups, -1).sum(2, keepdim: true) / values; // [B, groups, 1]
        var centred = (x - PerChannel(mean, channels)) * valid;
        var variance = centred.view(batch, _groups, -1).square().sum(2, keepdim: true) / values;
        var scale = PerChannel((variance + Epsilon).rsqrt(), channels) * _weight.unsqueeze(1); // [B, C, 1]
        return modulation is null
            ? centred * scale + _bias.unsqueeze(1)
            : centred * (scale * modulation.Scale) + (_bias.unsqueeze(1) * modulation.Scale + modulation.Shift);
    }

    /// <summary>[B, groups, 1] → [B, C, 1]</summary>
    private Tensor PerChannel(Tensor ofGroups, long channels) =>
        ofGroups.expand(ofGroups.shape[0], _groups, channels / _groups).reshape(ofGroups.shape[0], channels, 1);
}
