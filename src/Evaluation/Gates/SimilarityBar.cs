using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>What a SECS must reach; where both are given, both.</summary>
public sealed record SimilarityBar : IValidated
{
    /// <summary>Means something under one embedder only.</summary>
    public double? Least { get; init; }

    /// <summary>Least share of the SECS that real recordings of one speaker have under the same embedder.</summary>
    public double? ShareOfCeiling { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Least is null && ShareOfCeiling is null) yield return ("least", "neither least nor share_of_ceiling is given; one of them is needed.");
        if (Least is { } least && least is not (>= -1 and <= 1)) yield return ("least", $"{least}: from -1 to 1 is allowed.");
        if (ShareOfCeiling is { } share && !(share > 0)) yield return ("share_of_ceiling", $"{share}: more than 0 is allowed.");
    }
}
