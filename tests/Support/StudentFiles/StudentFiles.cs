using Tmrvc.Export;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Support;

/// <summary>Exported networks of students that were never trained.</summary>
public static class StudentFiles
{
    /// <summary>What the contract promises, in networks as narrow as can be.</summary>
    public static readonly StudentArchitecture Narrow = new()
    {
        ContentChannels = 8, ConverterChannels = 12, VocoderChannels = 8, RoomChannels = 8, RoomHidden = 4, LoraHidden = 3,
        SpeakerEncoder = new SpeakerEncoderArchitecture { Channels = 8, Scale = 2, Squeeze = 4 },
    };

    public static readonly MelStatistics Statistics = new(-9, [.. Enumerable.Repeat(-4f, 80)], [.. Enumerable.Repeat(2.5f, 80)], 1000);

    /// <summary>With LoRA deltas that are not zeros.</summary>
    public static StudentNetworks Drawn(StudentArchitecture architecture, ulong seed = 1)
    {
        var student = StudentNetworks.Untrained(architecture, seed);
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        nn.init.uniform_(ModuleWeights.Of(student.SpeakerEncoder)["lora_head.2.weight"], -0.1, 0.1, generator);
        return student;
    }

    /// <summary>Writes <c>fp32/</c> and <c>int8/</c>.</summary>
    public static void Write(string folder, StudentNetworks student)
    {
        var models = ExportedStudent.Of(student, Statistics);
        foreach (var model in models)
            Write(Path.Combine(folder, "fp32", $"{model.Contract.Name}.onnx"), model.Bytes());
        foreach (var model in QuantisedStudent.Of(models))
            Write(Path.Combine(folder, "int8", $"{model.Contract.Name}_int8.onnx"), model.Bytes());
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
