using System.Text.Json.Serialization;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>One utterance whose features are in a shard.</summary>
public sealed record UtteranceEntry
{
    public required string Id { get; init; }

    public required string Corpus { get; init; }

    public required string Speaker { get; init; }

    /// <summary>Of the speaker; null when unknown.</summary>
    public Sex? Sex { get; init; }

    /// <summary>ISO 639-1; <c>und</c> when unknown.</summary>
    public required string Language { get; init; }

    public required string Licence { get; init; }

    public string? Transcript { get; init; }

    public required Split Split { get; init; }

    /// <summary>Frames of 10 ms.</summary>
    public int Frames { get; init; }

    /// <summary>Path of the audio below the segments the features were made from.</summary>
    public required string Audio { get; init; }

    /// <summary>File name of the shard beside the index.</summary>
    public string Shard { get; init; } = "";

    /// <summary>Tells speakers of different corpora apart.</summary>
    [JsonIgnore]
    public string SpeakerKey => $"{Corpus}/{Speaker}";

    /// <summary>The lines of an index; names that many utterances share are kept once.</summary>
    /// <exception cref="InvalidDataException">A line is no utterance.</exception>
    internal static IEnumerable<UtteranceEntry> ReadAll(string path)
    {
        var names = new Dictionary<string, string>();
        return JsonLines.Each<UtteranceEntry>(path).Select(utterance => utterance with
        {
            Corpus = Once(utterance.Corpus, names),
            Speaker = Once(utterance.Speaker, names),
            Language = Once(utterance.Language, names),
            Licence = Once(utterance.Licence, names),
            Shard = Once(utterance.Shard, names),
        });
    }

    private static string Once(string name, Dictionary<string, string> names) =>
        names.TryGetValue(name, out var kept) ? kept : names[name] = name;
}
