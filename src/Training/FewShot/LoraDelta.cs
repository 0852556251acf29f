using Tmrvc.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A LoRA delta that learns.</summary>
internal sealed class LoraDelta : nn.Module
{
    private readonly Parameter delta;

    /// <param name="start">[24576]</param>
    public LoraDelta(StudentArchitecture architecture, float[] start, ulong seed) : base(nameof(LoraDelta))
    {
        delta = new Parameter(tensor(start, [1, start.Length]));
        RegisterComponents();
        Prepare(architecture, seed);
    }

    /// <summary>[1, 24576]</summary>
    public Tensor Value => delta;

    public float[] ToArray() => delta.detach().contiguous().data<float>().ToArray();

    /// <summary>
    /// Draws each A that is nothing, or it and B would stay so; and lets its rows of the room be zeros, for speech of which no room is known teaches
    /// nothing about rooms.
    /// </summary>
    private void Prepare(StudentArchitecture architecture, ulong seed)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        var (speaker, rows, rank) = (architecture.Speaker, architecture.Speaker + architecture.IrParameters, architecture.Lora.Rank);
        var bound = 1 / Math.Sqrt(rows);
        for (var layer = 0; layer < architecture.Lora.Layers; layer++)
        {
            var a = delta.narrow(1, (long)layer * architecture.Lora.LayerLength(rows, architecture.ConverterChannels), rows * rank);
            if (a.abs().max().item<float>() == 0) nn.init.uniform_(a, -bound, bound, generator);
            a.narrow(1, speaker * rank, architecture.IrParameters * rank).zero_();
        }
    }
}
