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
    private readonly SpeakerTrunk _trunk;
    private readonly Linear _output;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public SpeakerEncoder(SpeakerEncoderArchitecture architecture, ulong seed = 0) : base(nameof(SpeakerEncoder))
    {
        Architecture = Validated(architecture);
        _trunk = new SpeakerTrunk(this, architecture);
        _output = this.Child("output", nn.Linear(_trunk.Width, architecture.Embedding));
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
        return nn.functional.normalize(_output.call(_trunk.Pooled(mel, mask)), dim: 1).MoveToOuterDisposeScope();
    }

    private static SpeakerEncoderArchitecture Validated(SpeakerEncoderArchitecture architecture)
    {
        var mistakes = architecture.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToList();
        return mistakes.Count == 0 ? architecture : throw new ArgumentException($"Speaker encoder: {string.Join(" ", mistakes)}");
    }
}
