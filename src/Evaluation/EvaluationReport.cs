using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.Evaluation;

/// <summary>evaluation.json: figures of one trained stage, and its samples in the order they are to be shown. Holds no times.</summary>
/// <param name="Stage">What was evaluated.</param>
/// <param name="Settings">Printed as they are.</param>
public sealed record EvaluationReport(
    string Stage, int SampleRate, int HopLength, double MelFmin, double MelFmax,
    IReadOnlyDictionary<string, string> Settings, IReadOnlyList<Figure> Figures, IReadOnlyList<EvaluatedSample> Samples)
{
    public const string FileName = "evaluation.json";

    /// <summary>Where several are compared over the same samples: each with figures of the same names.</summary>
    public IReadOnlyList<EvaluatedSystem>? Systems { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="InvalidDataException">The file is not an evaluation.</exception>
    public static EvaluationReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<EvaluationReport>(File.ReadAllText(path), Json)
                ?? throw new InvalidDataException($"{path}: is empty; an evaluation is needed.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: is not an evaluation: {e.Message}", e);
        }
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");
}

/// <summary>One number, with the unit it is printed with.</summary>
/// <param name="Value">Null where it is not defined, such as a correlation without voiced frames.</param>
public sealed record Figure(string Name, double? Value, string Unit = "", string? Note = null)
{
    /// <summary>Of a mean: over how many values.</summary>
    public int? Count { get; init; }

    /// <summary>Of a mean over two values or more.</summary>
    public double? StandardError { get; init; }

    /// <summary>Null over no value.</summary>
    public static Figure Mean(string name, IReadOnlyList<double> values, string unit = "", string? note = null)
    {
        if (values.Count == 0) return new(name, null, unit, note) { Count = 0 };
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return new(name, mean, unit, note)
        {
            Count = values.Count,
            StandardError = values.Count < 2 ? null : Math.Sqrt(squares / (values.Count - 1) / values.Count),
        };
    }
}

/// <summary>One of several that said the same.</summary>
/// <param name="Note">How it comes to be heard.</param>
public sealed record EvaluatedSystem(string Name, string Note, IReadOnlyList<Figure> Figures);

/// <summary>What the teacher was asked for.</summary>
public enum SampleKind
{
    /// <summary>An utterance's own content, F0 and speaker: the recording is what should come out.</summary>
    Reconstruction,

    /// <summary>An utterance's content in another speaker's voice and F0 range.</summary>
    Conversion,
}

/// <param name="Id">Of the utterance whose content is spoken.</param>
/// <param name="TargetSpeaker">Whose voice was asked for; null in a reconstruction.</param>
/// <param name="Signals">None where a sample counts in the figures only.</param>
public sealed record EvaluatedSample(
    string Id, SampleKind Kind, string Speaker, string? TargetSpeaker, string? Text,
    IReadOnlyList<Signal> Signals, IReadOnlyList<Figure> Figures);

/// <param name="Role">target, source, reference or generated.</param>
/// <param name="Mel">Tensor in mels.safetensors, [80, T], natural log.</param>
/// <param name="Audio">Path beside evaluation.json.</param>
public sealed record Signal(string Role, string Mel, string Audio, string? Note = null);
