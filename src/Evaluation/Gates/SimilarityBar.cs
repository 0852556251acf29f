using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>What a SECS must reach; where both are given, both.</summary>
public sealed record SimilarityBar : IValidated
{
    /// <summary>Means something under one embedder only.</summary>
    public double? Least { get; init; }

    /// <summary>
    /// Least share of the way from the SECS of real recordings of two speakers to that of one speaker's, under the same embedder: 0 is anybody's
    /// voice, 1 as good as a recording.
    /// </summary>
    public double? ShareOfRange { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Least is null && ShareOfRange is null) yield return ("least", "neither least nor share_of_range is given; one of them is needed.");
        if (Least is { } least && least is not (>= -1 and <= 1)) yield return ("least", $"{least}: from -1 to 1 is allowed.");
        if (ShareOfRange is { } share && !(share > 0)) yield return ("share_of_range", $"{share}: more than 0 is allowed.");
    }
}
