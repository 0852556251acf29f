using Tmrvc.Configuration;

namespace Tmrvc.Models;

/// <summary>The shape of a <see cref="RoomEstimator"/>.</summary>
public sealed record RoomEstimatorArchitecture : IValidated
{
    public int Mels { get; init; } = 80;

    /// <summary>Sub-bands, each described by three numbers.</summary>
    public int Bands { get; init; } = 8;

    public int Channels { get; init; } = 128;

    /// <summary>One block each: decays last longer than a convolution's few frames.</summary>
    public IReadOnlyList<int> Dilations { get; init; } = [1, 2, 4];

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, value) in new[] { ("mels", Mels), ("bands", Bands), ("channels", Channels) })
            if (value < 1) yield return (name, $"{value}: 1 or more is allowed.");
        if (Dilations.Count == 0 || Dilations.Any(dilation => dilation < 1))
            yield return ("dilations", $"[{string.Join(", ", Dilations)}]: at least one, each positive, is allowed.");
    }
}
