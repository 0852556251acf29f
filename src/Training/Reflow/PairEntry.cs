using Tmrvc.Corpora;

namespace Tmrvc.Training;

/// <summary>A line of the pairs' index: what was said, in whose voice, and where it lies.</summary>
public sealed record PairEntry
{
    internal const string File = "pairs.jsonl";

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

/// <summary>How the tensors of a pair are called in its shard, by its place in the index.</summary>
internal static class PairTensors
{
    /// <summary>[80, T], N(0, 1).</summary>
    public static string Noise(int place) => $"{place:D8}/noise";

    /// <summary>[80, T], what the teacher made of it, clamped and normalised.</summary>
    public static string Clean(int place) => $"{place:D8}/clean";

    /// <summary>[T] Hz, as the teacher was told.</summary>
    public static string F0(int place) => $"{place:D8}/f0";

    /// <summary>[192], as the teacher was told.</summary>
    public static string Speaker(int place) => $"{place:D8}/speaker";
}
