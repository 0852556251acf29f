using Tmrvc.Corpora;

namespace Tmrvc.Training;

/// <summary>A line of the index of renditions: what was said, in whose voice, and where it lies.</summary>
public sealed record RenditionEntry
{
    /// <summary>Id of the utterance whose content it is.</summary>
    public required string Utterance { get; init; }

    /// <summary>Corpus and speaker of the voice.</summary>
    public required string Voice { get; init; }

    public required Split Split { get; init; }

    /// <summary>First frame within the utterance.</summary>
    public required int Start { get; init; }

    public required int Frames { get; init; }

    /// <summary>File name beside the index.</summary>
    public required string Shard { get; init; }
}

/// <summary>How the tensors that every rendition has are called in its shard, by its place in the index.</summary>
internal static class RenditionTensors
{
    /// <summary>[T] Hz, as the teacher was told.</summary>
    public static string F0(int place) => Name(place, "f0");

    /// <summary>[192], as the teacher was told.</summary>
    public static string Speaker(int place) => Name(place, "speaker");

    public static string Name(int place, string what) => $"{place:D8}/{what}";
}
