using System.Text.Json.Serialization;

namespace Tmrvc.Corpora;

/// <summary>One stretch of speech by one speaker, and what is known about it.</summary>
public sealed record Utterance
{
    /// <summary>
    /// Unique over all corpora: corpus, path of the recording without extension, segment number; forward slashes.
    /// </summary>
    public required string Id { get; init; }

    public required string Corpus { get; init; }

    public required string Speaker { get; init; }

    /// <summary>Of the speaker; null when unknown.</summary>
    public Sex? Sex { get; init; }

    /// <summary>ISO 639-1, such as <c>en</c>; <c>und</c> when unknown.</summary>
    public required string Language { get; init; }

    /// <summary>SPDX identifier, or the corpus' own words.</summary>
    public required string Licence { get; init; }

    /// <summary>What is said; null when unknown, or when only a part of the recording is here.</summary>
    public string? Transcript { get; init; }

    public required Split Split { get; init; }

    /// <summary>Path of the audio relative to the index, forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Seconds into the recording.</summary>
    public double Start { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Tells speakers of different corpora apart.</summary>
    [JsonIgnore]
    public string SpeakerKey => $"{Corpus}/{Speaker}";
}
