namespace Tmrvc.Streaming;

/// <summary>Which weights are computed with.</summary>
public enum Precision
{
    Float32,
    Int8,
}

/// <summary>The exported networks as files: <c>fp32/NAME.onnx</c> and <c>int8/NAME_int8.onnx</c>; the speaker encoder only as the former.</summary>
/// <param name="Path">Of the folder that holds both.</param>
public sealed record ModelFolder(string Path)
{
    private const string SpeakerEncoderName = "speaker_encoder";

    public string SpeakerEncoder => FileOf(SpeakerEncoderName, Precision.Float32);

    public string FileOf(string network, Precision precision) => precision == Precision.Float32
        ? System.IO.Path.Combine(Path, "fp32", $"{network}.onnx")
        : System.IO.Path.Combine(Path, "int8", $"{network}_int8.onnx");

    /// <summary>What a conversion opens.</summary>
    public IReadOnlyList<string> FilesOf(Precision precision, bool looksAhead) =>
    [
        .. new[] { "content_encoder", ConverterName(looksAhead), "vocoder", "ir_estimator" }.Select(network => FileOf(network, precision)),
    ];

    internal static string ConverterName(bool looksAhead) => looksAhead ? "converter_hq" : "converter";
}
