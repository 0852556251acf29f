using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>The five networks of one student, which one folder holds as files of weights.</summary>
public sealed record StudentNetworks(
    ContentEncoder ContentEncoder, Converter Converter, StudentVocoder Vocoder, IrEstimator IrEstimator, StudentSpeakerEncoder SpeakerEncoder)
    : IDisposable
{
    public const string ContentEncoderFile = "content_encoder.safetensors";
    public const string ConverterFile = "converter.safetensors";
    public const string VocoderFile = "vocoder.safetensors";
    public const string IrEstimatorFile = "ir_estimator.safetensors";
    public const string SpeakerEncoderFile = "speaker_encoder.safetensors";

    /// <summary>Which file holds the weights of an exported network; the converters share one.</summary>
    public static string FileOf(string exported) => exported == "converter_hq" ? ConverterFile : exported + ".safetensors";

    public StudentArchitecture Architecture => Converter.Architecture;

    /// <param name="seed">Decides the initial weights.</param>
    public static StudentNetworks Untrained(StudentArchitecture architecture, ulong seed = 0) => new(
        new ContentEncoder(architecture, seed), new Converter(architecture, seed + 1), new StudentVocoder(architecture, seed + 2),
        new IrEstimator(architecture, seed + 3), new StudentSpeakerEncoder(architecture, seed + 4));

    /// <exception cref="InvalidDataException">A file does not say its architecture, or its weights do not fit it.</exception>
    public static StudentNetworks Load(string folder) => new(
        ModelFiles.ContentEncoder.Load(Path.Combine(folder, ContentEncoderFile)), ModelFiles.Converter.Load(Path.Combine(folder, ConverterFile)),
        ModelFiles.StudentVocoder.Load(Path.Combine(folder, VocoderFile)), ModelFiles.IrEstimator.Load(Path.Combine(folder, IrEstimatorFile)),
        ModelFiles.StudentSpeakerEncoder.Load(Path.Combine(folder, SpeakerEncoderFile)));

    /// <exception cref="InvalidDataException">The folder's converter does not say its architecture.</exception>
    public static StudentArchitecture ArchitectureOf(string folder) => ModelFiles.Converter.ArchitectureOf(Path.Combine(folder, ConverterFile));

    /// <param name="metadata">Kept in each file beside its architecture.</param>
    public void Save(string folder, IReadOnlyDictionary<string, string>? metadata = null)
    {
        Directory.CreateDirectory(folder);
        Save(ContentEncoder, ModelFiles.ContentEncoder, ContentEncoderFile);
        Save(Converter, ModelFiles.Converter, ConverterFile);
        Save(Vocoder, ModelFiles.StudentVocoder, VocoderFile);
        Save(IrEstimator, ModelFiles.IrEstimator, IrEstimatorFile);
        Save(SpeakerEncoder, ModelFiles.StudentSpeakerEncoder, SpeakerEncoderFile);

        void Save<T>(T network, ModelFile<T, StudentArchitecture> kind, string file) where T : nn.Module =>
            ModuleWeights.Save(network, Path.Combine(folder, file), kind.Metadata(Architecture).Concat(metadata ?? new Dictionary<string, string>()).ToDictionary());
    }

    public void Dispose()
    {
        ContentEncoder.Dispose();
        Converter.Dispose();
        Vocoder.Dispose();
        IrEstimator.Dispose();
        SpeakerEncoder.Dispose();
    }
}
