using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>A speaker's embedding unfolded into entries that frames attend to.</summary>
internal sealed class TimbreMemory : nn.Module
{
    private readonly TimbreMemoryShape _shape;
    private readonly Linear _projection;

    public TimbreMemory(StudentArchitecture architecture) : base(nameof(TimbreMemory))
    {
        _shape = architecture.Memory;
        _projection = this.Child("proj", nn.Linear(architecture.Speaker, _shape.Entries * _shape.Width));
    }

    /// <summary>[B, 192] → [B, 8, 48]</summary>
    public Tensor forward(Tensor speaker) => _projection.call(speaker).view(-1, _shape.Entries, _shape.Width);
}

/// <summary>Multi-head attention of each frame to the entries of a memory (Vaswani et al., 2017), residual; as wide as an entry.</summary>
internal sealed class TimbreAttention : nn.Module
{
    private readonly TimbreMemoryShape _shape;
    private readonly LayerNorm _norm;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;

    public TimbreAttention(int channels, TimbreMemoryShape shape) : base(nameof(TimbreAttention))
    {
        _shape = shape;
        _norm = this.Child("norm", nn.LayerNorm(channels));
        _query = this.Child("q_proj", nn.Linear(channels, shape.Width));
        _key = this.Child("k_proj", nn.Linear(shape.Width, shape.Width));
        _value = this.Child("v_proj", nn.Linear(shape.Width, shape.Width));
        _output = this.Child("out_proj", nn.Linear(shape.Width, channels));
    }

    /// <summary>x [B, C, T], memory [B, 8, 48] → [B, C, T]</summary>
    public Tensor forward(Tensor x, Tensor memory)
    {
        var tokens = _norm.call(x.transpose(1, 2)); // [B, T, C]
        var attended = nn.functional.scaled_dot_product_attention(
            Split(_query.call(tokens)), Split(_key.call(memory)), Split(_value.call(memory))); // [B, heads, T, 12]
        var joined = attended.transpose(1, 2).reshape(tokens.shape[0], tokens.shape[1], _shape.Width); // [B, T, 48]
        return x + _output.call(joined).transpose(1, 2);
    }

    /// <summary>[B, N, 48] → [B, heads, N, 12]</summary>
    private Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], _shape.Heads, -1).transpose(1, 2);
}
