using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>The SE-Res2 block of ECAPA-TDNN: pointwise, Res2 convolution (Gao et al., 2019), pointwise, squeeze-excitation, residual.</summary>
internal sealed class SqueezeRes2Block : nn.Module
{
    private readonly int _scale;
    private readonly FrameLayer _reduce;
    private readonly FrameLayer[] _groups;
    private readonly FrameLayer _expand;
    private readonly SqueezeExcitation _excitation;

    public SqueezeRes2Block(SpeakerEncoderArchitecture architecture, int dilation) : base(nameof(SqueezeRes2Block))
    {
        _scale = architecture.Scale;
        var (channels, width) = (architecture.Channels, architecture.Channels / _scale);
        _reduce = this.Child("reduce", new FrameLayer(channels, channels, kernel: 1, dilation: 1));
        _groups = [.. Enumerable.Range(1, _scale - 1).Select(n => this.Child($"group{n}", new FrameLayer(width, width, kernel: 3, dilation)))];
        _expand = this.Child("expand", new FrameLayer(channels, channels, kernel: 1, dilation: 1));
        _excitation = this.Child("excitation", new SqueezeExcitation(channels, architecture.Squeeze));
    }

    /// <summary>[B, C, T] → [B, C, T]</summary>
    public Tensor forward(Tensor x, Tensor? mask)
    {
        var parts = _reduce.forward(x, mask).chunk(_scale, 1); // scale of [B, C / scale, T]
        var outputs = new List<Tensor> { parts[0] };
        for (var n = 1; n < _scale; n++)
            outputs.Add(_groups[n - 1].forward(n == 1 ? parts[1] : parts[n] + outputs[n - 1], mask));
        var h = _expand.forward(cat(outputs, 1), mask); // [B, C, T]
        return x + _excitation.forward(h, mask);
    }
}
