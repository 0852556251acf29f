using System.Text.Json;
using System.Text.Json.Serialization;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>metadata.json beside the exported files. Holds no time of its own making: equal weights give equal bytes.</summary>
/// <param name="Version">Of this layout.</param>
/// <param name="Created">As whoever published the files says, or null.</param>
/// <param name="Training">What each of the student's files says about how it was trained, by the name of the network and of the entry.</param>
/// <param name="TeacherSha256">Of the teacher's file of weights, or null.</param>
/// <param name="StudentSha256">Of the student's files of weights, by name.</param>
/// <param name="ConstantsSha256">Of constants.yaml beside it.</param>
/// <param name="MelStatistics">As the networks apply them themselves.</param>
/// <param name="Units">What the inputs and outputs mean, by name.</param>
/// <param name="Models">By the path of the file.</param>
public sealed record StudentMetadata(
    int Version, string? Created, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Training, string? TeacherSha256,
    IReadOnlyDictionary<string, string> StudentSha256, string ConstantsSha256, MelStatistics MelStatistics,
    IReadOnlyDictionary<string, string> Units, IReadOnlyDictionary<string, ModelMetadata> Models)
{
    public const int CurrentVersion = 1;

    /// <summary>What the contract's names mean where shapes do not tell.</summary>
    public static IReadOnlyDictionary<string, string> UnitsOf(StudentArchitecture shape) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["f0"] = "log(F0 in Hz + 1), 0 where unvoiced",
        ["features"] = "natural log of magnitude",
        ["ir_params"] = "8 x RT60 in s, 8 x DRR in dB, 8 x tilt in dB per octave",
        ["lora_delta"] = $"for each of {shape.Lora.Layers} layers A [{shape.Speaker + shape.IrParameters}, {shape.Lora.Rank}] and "
            + $"B [{shape.Lora.Rank}, {2 * shape.ConverterChannels}], row by row, then padding",
        ["mel_chunk"] = "natural log of mel power",
        ["mel_frame"] = "natural log of mel power",
        ["mel_ref"] = "natural log of mel power",
        ["pred_features"] = "natural log of magnitude",
        ["spk_embed"] = "unit length",
        ["stft_mag"] = "magnitude",
        ["stft_phase"] = "radians",
    };

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");
}

/// <param name="Parameters">Numbers that were trained.</param>
/// <param name="Opset">Of ONNX's own operators.</param>
/// <param name="State">Shape of state_in and state_out, [1, width, frames]: the width is the network's own. Null where it has none.</param>
public sealed record ModelMetadata(long Parameters, int Opset, bool Quantized, IReadOnlyList<int>? State, string Sha256);
