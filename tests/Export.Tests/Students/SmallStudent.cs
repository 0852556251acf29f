using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Export.Tests;

/// <summary>A student that is narrow and has the real chains of blocks, as networks and as files.</summary>
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

    /// <summary>With deltas that are not zeros, as after some training.</summary>
    public static StudentNetworks Drawn(StudentArchitecture architecture, ulong seed)
    {
        var student = StudentNetworks.Untrained(architecture, seed);
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        nn.init.uniform_(ModuleWeights.Of(student.SpeakerEncoder)["lora_head.2.weight"], -0.1, 0.1, generator);
        return student;
    }

    public static Dictionary<string, byte[]> Models(StudentNetworks student) =>
        ExportedStudent.Of(student, Statistics(student.Architecture.Mels)).ToDictionary(model => model.Contract.Name, model => model.Bytes());

    public static MelStatistics Statistics(int bands) => new(
        -9, [.. Enumerable.Range(0, bands).Select(band => -4 + 0.02f * band)], [.. Enumerable.Range(0, bands).Select(band => 2 + 0.01f * band)], 1000);
}
