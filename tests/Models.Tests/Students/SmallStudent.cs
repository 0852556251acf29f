using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

/// <summary>Students small enough for exact checks: narrow, with the real chains of blocks.</summary>
internal static class SmallStudent
{
    public static readonly StudentArchitecture Architecture = new()
    {
        Mels = 6, Content = 5, Speaker = 4, IrParameters = 6, Features = 11,
        ContentChannels = 8, ConverterChannels = 12, VocoderChannels = 8, RoomChannels = 8, RoomHidden = 4, LoraHidden = 3,
        Lora = new LoraLayout { Rank = 2, Alpha = 6, Layers = 3, Length = 256 },
        Memory = new TimbreMemoryShape { Entries = 3, Width = 4, Heads = 2 },
        SpeakerEncoder = new SpeakerEncoderArchitecture { Mels = 6, Embedding = 4, Channels = 8, Scale = 2, Squeeze = 4 },
    };

    public static ConverterConditions Conditions(int batch) =>
        new(nn.functional.normalize(randn(batch, 4), dim: 1), rand([batch, 6]), randn(batch, 256) * 0.3);

    /// <summary>Every call's output side by side, each call with the state that the one before left.</summary>
    /// <param name="step">Takes the first frame of a call and the state.</param>
    public static Tensor InSteps(int frames, int each, Func<int, Tensor?, Streamed> step)
    {
        var outputs = new List<Tensor>();
        Tensor? state = null;
        for (var first = 0; first < frames; first += each)
        {
            var streamed = step(first, state);
            outputs.Add(streamed.Output);
            state = streamed.State;
        }
        return cat(outputs, 2);
    }
}
