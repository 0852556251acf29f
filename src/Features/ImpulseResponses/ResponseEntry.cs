using System.Text.Json.Serialization;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>A line of <c>responses.jsonl</c>: one impulse response in a shard.</summary>
public sealed record ResponseEntry
{
    internal const string File = "responses.jsonl";

    /// <summary>Unique over all corpora: corpus, path or number; forward slashes.</summary>
    public required string Id { get; init; }

    public required string Corpus { get; init; }

    public required string Room { get; init; }

    /// <summary>The same for all responses of a room.</summary>
    public required Split Split { get; init; }

    public required int SampleRate { get; init; }

    /// <summary>Sample of the direct sound's peak.</summary>
    public required int Direct { get; init; }

    /// <summary>Nothing was measured above it.</summary>
    public required double BandwidthHz { get; init; }

    /// <summary>N.</summary>
    public required int Samples { get; init; }

    /// <summary>File name of the shard beside the index.</summary>
    public string Shard { get; init; } = "";

    /// <summary>Tells rooms of different corpora apart.</summary>
    [JsonIgnore]
    public string RoomKey => $"{Corpus}/{Room}";
}
