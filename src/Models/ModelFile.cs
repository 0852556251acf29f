using System.Text.Json;
using System.Text.Json.Serialization;
using Tmrvc.SafeTensors;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>A network's weights with its architecture in the file's metadata, so that the file alone is enough to run it.</summary>
/// <param name="kind">Of network, for messages.</param>
/// <param name="key">Of the architecture in the metadata.</param>
public sealed class ModelFile<TModel, TArchitecture>(string kind, string key, Func<TArchitecture, TModel> build)
    where TModel : nn.Module
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The metadata that makes a file of weights one of this kind.</summary>
    public Dictionary<string, string> Metadata(TArchitecture architecture) => new() { [key] = JsonSerializer.Serialize(architecture, Json) };

    /// <exception cref="InvalidDataException">The file does not say its architecture, or its weights do not fit it.</exception>
    public TModel Load(string path)
    {
        var model = build(ArchitectureOf(path));
        ModuleWeights.Load(model, path);
        return model;
    }

    /// <exception cref="InvalidDataException">The file does not say its architecture.</exception>
    public TArchitecture ArchitectureOf(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        return file.Metadata.TryGetValue(key, out var architecture)
            ? JsonSerializer.Deserialize<TArchitecture>(architecture, Json)!
            : throw new InvalidDataException($"{path}: has no '{key}' in its metadata; the weights of a {kind} are needed.");
    }
}

/// <summary>The networks that stages hand to each other.</summary>
public static class ModelFiles
{
    public static readonly ModelFile<Teacher, TeacherArchitecture> Teacher = new("teacher", "architecture", shape => new Teacher(shape));

    public static readonly ModelFile<TeacherVocoder, VocoderArchitecture> Vocoder =
        new("vocoder", "vocoder_architecture", shape => new TeacherVocoder(shape));

    public static readonly ModelFile<SpeakerEncoder, SpeakerEncoderArchitecture> SpeakerEncoder =
        new("speaker encoder", "speaker_encoder_architecture", shape => new SpeakerEncoder(shape));

    public static readonly ModelFile<RoomEstimator, RoomEstimatorArchitecture> RoomEstimator =
        new("room estimator", "room_estimator_architecture", shape => new RoomEstimator(shape));

    public static readonly ModelFile<ContentEncoder, StudentArchitecture> ContentEncoder = Student("content encoder", shape => new ContentEncoder(shape));

    public static readonly ModelFile<Converter, StudentArchitecture> Converter = Student("converter", shape => new Converter(shape));

    public static readonly ModelFile<StudentVocoder, StudentArchitecture> StudentVocoder = Student("student's vocoder", shape => new StudentVocoder(shape));

    public static readonly ModelFile<IrEstimator, StudentArchitecture> IrEstimator = Student("estimator of rooms", shape => new IrEstimator(shape));

    public static readonly ModelFile<StudentSpeakerEncoder, StudentArchitecture> StudentSpeakerEncoder =
        Student("student's speaker encoder", shape => new StudentSpeakerEncoder(shape));

    private static ModelFile<TModel, StudentArchitecture> Student<TModel>(string kind, Func<StudentArchitecture, TModel> build) where TModel : nn.Module =>
        new(kind, "student_" + typeof(TModel).Name, build);
}
