namespace Tmrvc.Contract;

/// <summary>Which weights are computed with.</summary>
public enum WeightPrecision
{
    Float32,
    Int8,
}

/// <summary>The exported networks as files: <c>fp32/NAME.onnx</c> and <c>int8/NAME_int8.onnx</c>; the speaker encoder only as the former.</summary>
/// <param name="Path">Of the folder that holds both.</param>
public sealed record ModelFolder(string Path)
{
    public const string Fp32 = "fp32";
    public const string Int8 = "int8";
    public const string ConstantsName = "constants.yaml";
    public const string MetadataName = "metadata.json";

    public string Constants => System.IO.Path.Combine(Path, ConstantsName);

    public string Metadata => System.IO.Path.Combine(Path, MetadataName);

    /// <param name="network">Name of a contract.</param>
    public string FileOf(string network, WeightPrecision precision) => System.IO.Path.Combine(Path, NameOf(precision), FileName(network, precision));

    /// <summary>Of the folder within that holds the files.</summary>
    public static string NameOf(WeightPrecision precision) => precision == WeightPrecision.Float32 ? Fp32 : Int8;

    /// <inheritdoc cref="FileOf"/>
    public static string FileName(string network, WeightPrecision precision) => precision == WeightPrecision.Float32 ? $"{network}.onnx" : $"{network}_int8.onnx";
}
