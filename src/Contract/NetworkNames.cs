namespace Tmrvc.Contract;

/// <summary>The names of a student's exported networks.</summary>
public static class NetworkNames
{
    public const string ContentEncoder = "content_encoder";
    public const string Converter = "converter";

    /// <summary>Sees the future, and is the only one that may be missing.</summary>
    public const string ConverterHq = "converter_hq";

    public const string Vocoder = "vocoder";
    public const string IrEstimator = "ir_estimator";
    public const string SpeakerEncoder = "speaker_encoder";

    /// <summary>The file of weights that both converters are exported from.</summary>
    public const string ConverterWeights = Converter + ".safetensors";
}
