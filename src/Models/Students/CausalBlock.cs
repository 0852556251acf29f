using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Depthwise convolution of three frames, layer normalisation, two linear layers with SiLU between, added to its input (ConvNeXt, Liu et
/// al., 2022), over a stream: what it must remember of the past is handed in and out.
/// </summary>
internal sealed class CausalBlock : nn.Module
{
    private readonly int _dilation;
    private readonly Conv1d _depthwise;
    private readonly LayerNorm _norm;
    private readonly Linear _expand;
    private readonly Linear _contract;

    public CausalBlock(int channels, int expansion, int dilation) : base(nameof(CausalBlock))
    {
        _dilation = dilation;
        _depthwise = this.Child("dwconv", nn.Conv1d(channels, channels, StudentArchitecture.Kernel, dilation: dilation, groups: channels));
        _norm = this.Child("norm", nn.LayerNorm(channels));
        _expand = this.Child("pwconv1", nn.Linear(channels, channels * expansion));
        _contract = this.Child("pwconv2", nn.Linear(channels * expansion, channels));
    }

    /// <summary>Frames that it remembers.</summary>
    /// <param name="ahead">Frames that it sees beyond the one it gives, 2·dilation at most.</param>
    public int StateFrames(int ahead) => (StudentArchitecture.Kernel - 1) * _dilation - ahead;

    /// <param name="x">[B, C, T + ahead]</param>
    /// <param name="past">[B, C, StateFrames]: the frames before x.</param>
    /// <param name="hops">Frames by which the stream moves on.</param>
    /// <returns>[B, C, T], and the frames that the next call needs before its own, [B, C, StateFrames]</returns>
    public (Tensor Frames, Tensor Past) forward(Tensor x, Tensor past, int ahead, long hops)
    {
        var joined = cat([past, x], 2); // [B, C, StateFrames + T + ahead]
        var h = _norm.call(_depthwise.call(joined).transpose(1, 2)); // [B, T, C]
        h = _contract.call(nn.functional.silu(_expand.call(h))).transpose(1, 2);
        return (x.narrow(2, 0, x.shape[2] - ahead) + h, joined.narrow(2, hops, past.shape[2]));
    }
}
