using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// A speaker embedding after ECAPA-TDNN (Desplanques et al., 2020), with layer instead of batch normalisation: an embedding
/// depends on its own utterance alone, and padding never changes it.
/// </summary>
public sealed class SpeakerEncoder : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly FrameLayer _input;
    private readonly SqueezeRes2Block[] _blocks;
    private readonly FrameLayer _aggregate;
    private readonly AttentiveStatistics _pooling;
    private readonly LayerNorm _norm;
    private readonly Linear _output;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public SpeakerEncoder(SpeakerEncoderArchitecture architecture, ulong seed = 0) : base(nameof(SpeakerEncoder))
    {
        Architecture = Validated(architecture);
        var (channels, joined) = (architecture.Channels, architecture.Channels * architecture.Dilations.Count);
        _input = this.Child("input", new FrameLayer(architecture.Mels, channels, kernel: 5, dilation: 1));
        _blocks = [.. architecture.Dilations.Select((dilation, n) => this.Child($"block{n + 1}", new SqueezeRes2Block(architecture, dilation)))];
        _aggregate = this.Child("aggregate", new FrameLayer(joined, joined, kernel: 1, dilation: 1));
        _pooling = this.Child("pooling", new AttentiveStatistics(joined, architecture.Squeeze));
        _norm = this.Child("norm", nn.LayerNorm(2 * joined));
        _output = this.Child("output", nn.Linear(2 * joined, architecture.Embedding));
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        UniformInitialisation.Apply(this, generator);
    }

    public SpeakerEncoderArchitecture Architecture { get; }

    /// <param name="mel">Normalised log-mel, [B, 80, T]</param>
    /// <param name="mask">[B, 1, T], 1 on valid frames, or null when all are.</param>
    /// <returns>Unit length, [B, 192]</returns>
    public override Tensor forward(Tensor mel, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var x = _input.forward(mel, mask); // [B, C, T]
        var outputs = new List<Tensor>();
        foreach (var block in _blocks)
        {
            x = block.forward(x, mask);
            outputs.Add(x);
        }
        var pooled = _pooling.forward(_aggregate.forward(cat(outputs, 1), mask), mask); // [B, 2 · _blocks · C]
        return nn.functional.normalize(_output.call(_norm.call(pooled)), dim: 1).MoveToOuterDisposeScope();
    }

    private static SpeakerEncoderArchitecture Validated(SpeakerEncoderArchitecture architecture)
    {
        var mistakes = architecture.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToList();
        return mistakes.Count == 0 ? architecture : throw new ArgumentException($"Speaker encoder: {string.Join(" ", mistakes)}");
    }
}
