using Tmrvc.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>A causal block and what the voice and the room do to its frames.</summary>
internal sealed class ConverterBlock : nn.Module
{
    private readonly StudentArchitecture _architecture;
    private readonly Film _film;
    private readonly TimbreAttention? _attention;

    public ConverterBlock(StudentArchitecture architecture, int dilation) : base(nameof(ConverterBlock))
    {
        _architecture = architecture;
        var (channels, remembers) = (architecture.ConverterChannels, architecture.Timbre == TimbrePath.Memory);
        Frames = this.Child("conv_block", new CausalBlock(channels, architecture.Expansion, dilation));
        _film = this.Child("film", new Film(remembers ? architecture.IrParameters : architecture.Speaker + architecture.IrParameters, channels));
        _attention = remembers ? this.Child("attn", new TimbreAttention(channels, architecture.Memory)) : null;
    }

    public CausalBlock Frames { get; }

    /// <param name="x">[B, C, T]</param>
    /// <param name="memory">[B, 8, 48] of the speaker, where the block attends to it.</param>
    /// <param name="layer">Place among the blocks; the first few are reached by the LoRA delta.</param>
    public Tensor Voiced(Tensor x, ConverterConditions conditions, Tensor? memory, int layer)
    {
        if (_attention is not null) return _attention.forward(_film.forward(x, conditions.Room), memory!);
        var condition = cat([conditions.Speaker, conditions.Room], 1); // [B, 216]
        var modulation = _film.Projection.call(condition); // [B, 2·C]
        if (conditions.LoraDelta is { } delta && layer < _architecture.Lora.Layers)
            modulation = modulation + _architecture.Lora.Gain(delta, layer, condition, _architecture.ConverterChannels);
        var parts = modulation.unsqueeze(2).chunk(2, 1);
        return x * parts[0] + parts[1];
    }
}
