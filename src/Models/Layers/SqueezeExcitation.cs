using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Scales each channel by a gate that sees the whole utterance (Hu et al., 2018).</summary>
internal sealed class SqueezeExcitation : nn.Module
{
    private readonly Linear _squeeze;
    private readonly Linear _excite;

    public SqueezeExcitation(int channels, int width) : base(nameof(SqueezeExcitation))
    {
        _squeeze = this.Child("squeeze", nn.Linear(channels, width));
        _excite = this.Child("excite", nn.Linear(width, channels));
    }

    /// <summary>[B, C, T] → [B, C, T]</summary>
    public Tensor forward(Tensor x, Tensor? mask)
    {
        var mean = UtteranceStatistics.Mean(x, mask).squeeze(2); // [B, C]
        var gate = _excite.call(nn.functional.relu(_squeeze.call(mean))).sigmoid(); // [B, C]
        return x * gate.unsqueeze(2);
    }
}
