using System.Text.Json;
using System.Text.Json.Serialization;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>
/// The small files beside the shards: <c>features.json</c> (this record) and <c>utterances.jsonl</c> (in id order).
/// </summary>
public sealed record FeatureIndex
{
    internal const string UtterancesFile = "utterances.jsonl";
    private const string FileName = "features.json";

    public required int Mels { get; init; }

    public required int ContentDimension { get; init; }

    public ContentGrid ContentGrid { get; init; } = ContentGrid.OfMel;

    /// <summary>Of an utterance's embedding; 0 where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SpeakerDimension { get; init; }

    /// <summary>By <see cref="UtteranceEntry.SpeakerKey"/>.</summary>
    public required IReadOnlyDictionary<string, SpeakerStatistics> Speakers { get; init; }

    internal void Write(string folder)
    {
        var speakers = new SortedDictionary<string, SpeakerStatistics>(Speakers.ToDictionary(), StringComparer.Ordinal);
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this with { Speakers = speakers }, JsonLines.Options) + "\n");
    }

    /// <exception cref="InvalidDataException">The file is not an index.</exception>
    internal static FeatureIndex Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<FeatureIndex>(File.ReadAllText(path), JsonLines.Options)
                ?? throw new JsonException("null is not allowed");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: is not an index of features: {e.Message}", e);
        }
    }
}
