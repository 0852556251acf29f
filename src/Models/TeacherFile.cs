using System.Text.Json;
using System.Text.Json.Serialization;
using Tmrvc.SafeTensors;

namespace Tmrvc.Models;

/// <summary>A teacher's weights with its architecture in the file's metadata, so that the file alone is enough to run it.</summary>
public static class TeacherFile
{
    private const string ArchitectureKey = "architecture";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The metadata that makes a file of weights a teacher's.</summary>
    public static Dictionary<string, string> Metadata(TeacherArchitecture architecture) =>
        new() { [ArchitectureKey] = JsonSerializer.Serialize(architecture, Json) };

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Teacher teacher, string path) => ModuleWeights.Save(teacher, path, Metadata(teacher.Architecture));

    /// <exception cref="InvalidDataException">The file does not say its architecture, or its weights do not fit it.</exception>
    public static Teacher Load(string path)
    {
        var teacher = new Teacher(ArchitectureOf(path));
        ModuleWeights.Load(teacher, path);
        return teacher;
    }

    /// <exception cref="InvalidDataException">The file does not say its architecture.</exception>
    public static TeacherArchitecture ArchitectureOf(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(ArchitectureKey, out var architecture))
            throw new InvalidDataException($"{path}: has no '{ArchitectureKey}' in its metadata; a teacher's weights are needed.");
        return JsonSerializer.Deserialize<TeacherArchitecture>(architecture, Json)!;
    }
}
