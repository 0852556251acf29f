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

    public static readonly IReadOnlyList<string> Files = [ContentEncoderFile, ConverterFile, VocoderFile, IrEstimatorFile, SpeakerEncoderFile];

    /// <exception cref="InvalidDataException">A file does not say its architecture, says another than the others, or its weights do not fit it.</exception>
    public static StudentNetworks Load(string folder)
    {
        RequireOneArchitecture(folder);
        var loaded = new List<IDisposable>();
        try
        {
            return new(
                Part(ModelFiles.ContentEncoder, ContentEncoderFile), Part(ModelFiles.Converter, ConverterFile), Part(ModelFiles.StudentVocoder, VocoderFile),
                Part(ModelFiles.IrEstimator, IrEstimatorFile), Part(ModelFiles.StudentSpeakerEncoder, SpeakerEncoderFile));
        }
        catch
        {
            loaded.ForEach(part => part.Dispose());
            throw;
        }

        T Part<T>(ModelFile<T, StudentArchitecture> kind, string file) where T : nn.Module
        {
            var part = kind.Load(Path.Combine(folder, file));
            loaded.Add(part);
            return part;
        }
    }

    private static void RequireOneArchitecture(string folder)
    {
        var wanted = Written(ModelFiles.Converter, ConverterFile);
        (string File, string Architecture)[] found =
        [
            (ContentEncoderFile, Written(ModelFiles.ContentEncoder, ContentEncoderFile)), (VocoderFile, Written(ModelFiles.StudentVocoder, VocoderFile)),
            (IrEstimatorFile, Written(ModelFiles.IrEstimator, IrEstimatorFile)), (SpeakerEncoderFile, Written(ModelFiles.StudentSpeakerEncoder, SpeakerEncoderFile)),
        ];
        foreach (var (file, architecture) in found)
            if (architecture != wanted)
                throw new InvalidDataException(
                    $"{Path.Combine(folder, file)}: is of the architecture {architecture}, that of {ConverterFile} is {wanted}; train all networks of a student as one architecture's.");

        string Written<T>(ModelFile<T, StudentArchitecture> kind, string file) where T : nn.Module =>
            kind.Metadata(kind.ArchitectureOf(Path.Combine(folder, file))).Values.Single();
    }

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
