using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Whose voice speech is in: an embedding, and what a LoRA delta adds to the converter for that voice. After ECAPA-TDNN (Desplanques et al.,
/// 2020). Its deltas start as zeros: A drawn once for all voices but for its rows of the room, B nothing (Hu et al., 2021).
/// </summary>
public sealed class StudentSpeakerEncoder : nn.Module
{
    private readonly SpeakerTrunk _trunk;
    private readonly Linear _output;
    private readonly Sequential _lora;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public StudentSpeakerEncoder(StudentArchitecture architecture, ulong seed = 0) : base(nameof(StudentSpeakerEncoder))
    {
        Architecture = architecture.Validated();
        _trunk = new SpeakerTrunk(this, architecture.SpeakerEncoder);
        _output = this.Child("output", nn.Linear(_trunk.Width, architecture.Speaker));
        _lora = this.Child("lora_head", nn.Sequential(
            nn.Linear(_trunk.Width, architecture.LoraHidden), nn.SiLU(), nn.Linear(architecture.LoraHidden, UsedDelta)));
        StudentInitialisation.Apply(this, seed);
        StartWithoutDelta(seed);
    }

    public StudentArchitecture Architecture { get; }

    /// <summary>Floats of the delta that are not padding.</summary>
    internal int UsedDelta => LayerLength * Architecture.Lora.Layers;

    private int ConditionLength => Architecture.Speaker + Architecture.IrParameters;

    private int LayerLength => Architecture.Lora.LayerLength(ConditionLength, Architecture.ConverterChannels);

    /// <param name="mel">Normalised log-mel, [B, 80, T]</param>
    /// <param name="mask">[B, 1, T], 1 on valid frames, or null when all are.</param>
    public SpeakerIdentity forward(Tensor mel, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        var pooled = _trunk.Pooled(mel, mask); // [B, 2 · blocks · C]
        var embedding = nn.functional.normalize(_output.call(pooled), dim: 1);
        var delta = nn.functional.pad(_lora.call(pooled), [0, Architecture.Lora.Length - UsedDelta]);
        return new SpeakerIdentity(embedding.MoveToOuterDisposeScope(), delta.MoveToOuterDisposeScope());
    }

    private void StartWithoutDelta(ulong seed)
    {
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed + 1);
        var parameters = _lora.named_parameters().ToDictionary(p => p.name, p => p.parameter, StringComparer.Ordinal);
        parameters["2.weight"].zero_();
        var bias = parameters["2.bias"].zero_();
        var bound = 1 / Math.Sqrt(ConditionLength);
        for (var layer = 0; layer < Architecture.Lora.Layers; layer++)
        {
            var down = bias.narrow(0, layer * LayerLength, ConditionLength * Architecture.Lora.Rank);
            nn.init.uniform_(down, -bound, bound, generator);
            down.narrow(0, Architecture.Speaker * Architecture.Lora.Rank, Architecture.IrParameters * Architecture.Lora.Rank).zero_();
        }
    }
}

/// <param name="Embedding">Unit length, [B, 192]</param>
/// <param name="LoraDelta">[B, 24576]</param>
public sealed record SpeakerIdentity(Tensor Embedding, Tensor LoraDelta);
