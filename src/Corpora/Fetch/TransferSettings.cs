using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>How stubborn a transfer is. Changes nothing in what arrives.</summary>
public sealed record TransferSettings : IValidated
{
    [RuntimeOnly]
    public int Attempts { get; init; } = 4;

    /// <summary>Pause before the second attempt; doubled before each further one.</summary>
    [RuntimeOnly]
    public double FirstPauseSeconds { get; init; } = 2;

    /// <summary>An attempt that takes longer is given up.</summary>
    [RuntimeOnly]
    public double TimeoutSeconds { get; init; } = 600;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Attempts is < 1 or > 100)
            yield return ("attempts", $"found {Attempts}, 1 to 100 are allowed");
        if (FirstPauseSeconds is not (>= 0 and <= 3600))
            yield return ("first_pause_seconds", $"found {FirstPauseSeconds}, 0 to 3600 are allowed");
        if (TimeoutSeconds is not (> 0 and <= 86400))
            yield return ("timeout_seconds", $"found {TimeoutSeconds}, above 0 to 86400 are allowed");
    }
}
