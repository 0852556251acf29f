using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Multi-head attention from the frames of a level to the content at the same rate (Vaswani et al., 2017), residual.</summary>
internal sealed class CrossAttention : nn.Module
{
    private readonly int _heads;
    private readonly LayerNorm _norm;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;

    public CrossAttention(int channels, int hidden, int heads) : base(nameof(CrossAttention))
    {
        _heads = heads;
        _norm = this.Child("norm", nn.LayerNorm(channels));
        _query = this.Child("q_proj", nn.Linear(channels, channels));
        _key = this.Child("k_proj", nn.Linear(hidden, channels));
        _value = this.Child("v_proj", nn.Linear(hidden, channels));
        _output = this.Child("out_proj", nn.Linear(channels, channels));
    }

    /// <summary>x [B, C, T], content [B, T, hidden] → [B, C, T], zeros on padding</summary>
    public Tensor forward(Tensor x, Tensor content, FrameMask? mask, int level)
    {
        var tokens = _norm.call(x.Widened().transpose(1, 2)); // [B, T, C]
        var attended = nn.functional.scaled_dot_product_attention(
            Split(_query.call(tokens)), Split(_key.call(content)), Split(_value.call(content)), mask?.Keys(level)); // [B, heads, T, C / heads]
        var joined = attended.transpose(1, 2).reshape(tokens.shape); // [B, T, C]
        return ResBlock.Valid(x + _output.call(joined).transpose(1, 2), mask, level);
    }

    /// <summary>[B, T, C] → [B, heads, T, C / heads]</summary>
    private Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], _heads, -1).transpose(1, 2);
}
