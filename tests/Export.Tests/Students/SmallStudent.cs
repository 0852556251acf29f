using Tmrvc.Configuration;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training;

namespace Tmrvc.Export.Tests;

/// <summary>A student that is narrow and has the real chains of blocks, as networks and as files.</summary>
internal static class SmallStudent
{
    /// <summary>constants.yaml with the sizes of this student.</summary>
    public static readonly string ConstantsText = new (string Key, int Full, int Small)[]
        {
            ("sample_rate", 24000, 2400), ("n_fft", 1024, 20), ("hop_length", 240, 4), ("window_length", 960, 16), ("mel_fmax", 12000, 1200),
            ("n_mels", 80, 6), ("d_content", 256, 5), ("d_speaker", 192, 4), ("n_ir_params", 24, 6), ("d_vocoder_features", 513, 11), ("n_freq_bins", 513, 11),
            ("d_converter_hidden", 384, 12), ("lora_rank", 4, 2), ("lora_alpha", 8, 6), ("lora_layers", 4, 3), ("lora_delta", 24576, 256),
            ("gtm_entries", 8, 3), ("gtm_dim", 48, 4), ("gtm_heads", 4, 2),
        }
        .Aggregate(
            File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "constants.yaml")),
            (text, size) => text.Replace($"\n{size.Key}: {size.Full}", $"\n{size.Key}: {size.Small}"))
        .Replace("[0, 375, 750, 1500, 3000, 4500, 6000, 9000, 12000]", "[0, 600, 1200]");

    public static readonly Constants Constants = ConfigurationLoader.Load<Constants>([new ConfigurationLayer("constants.yaml", ConstantsText)], []);

    public static StudentArchitecture Architecture => SmallArchitecture.Student;

    public static Dictionary<string, byte[]> Models(StudentNetworks student) =>
        ExportedStudent.Of(student, Statistics(student.Architecture.Mels)).ToDictionary(model => model.Contract.Name, model => model.Bytes());

    public static MelStatistics Statistics(int bands) => new(
        -9, [.. Enumerable.Range(0, bands).Select(band => -4 + 0.02f * band)], [.. Enumerable.Range(0, bands).Select(band => 2 + 0.01f * band)], 1000);
}
