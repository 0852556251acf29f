using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// What ECAPA-TDNN (Desplanques et al., 2020) pools over an utterance, with layer instead of batch normalisation. Its parts belong to the
/// encoder itself, because their weights travel by names without a prefix.
/// </summary>
internal sealed class SpeakerTrunk
{
    private readonly FrameLayer _input;
    private readonly SqueezeRes2Block[] _blocks;
    private readonly FrameLayer _aggregate;
    private readonly AttentiveStatistics _pooling;
    private readonly LayerNorm _norm;

    public SpeakerTrunk(nn.Module encoder, SpeakerEncoderArchitecture architecture)
    {
        var (channels, joined) = (architecture.Channels, architecture.Channels * architecture.Dilations.Count);
        Width = 2 * joined;
        _input = encoder.Child("input", new FrameLayer(architecture.Mels, channels, kernel: 5, dilation: 1));
        _blocks = [.. architecture.Dilations.Select((dilation, n) => encoder.Child($"block{n + 1}", new SqueezeRes2Block(architecture, dilation)))];
        _aggregate = encoder.Child("aggregate", new FrameLayer(joined, joined, kernel: 1, dilation: 1));
        _pooling = encoder.Child("pooling", new AttentiveStatistics(joined, architecture.Squeeze));
        _norm = encoder.Child("norm", nn.LayerNorm(Width));
    }

    /// <summary>Values that are pooled.</summary>
    public int Width { get; }

    /// <summary>mel [B, 80, T], mask [B, 1, T] or null → [B, Width]</summary>
    public Tensor Pooled(Tensor mel, Tensor? mask)
    {
        var x = _input.forward(mel, mask); // [B, C, T]
        var outputs = new List<Tensor>();
        foreach (var block in _blocks)
        {
            x = block.forward(x, mask);
            outputs.Add(x);
        }
        return _norm.call(_pooling.forward(_aggregate.forward(cat(outputs, 1), mask), mask));
    }
}
