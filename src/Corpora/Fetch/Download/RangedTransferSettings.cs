using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>How large files travel, and how stubbornly. Changes nothing in what arrives.</summary>
public sealed record RangedTransferSettings : IValidated
{
    /// <summary>Parts that travel at the same time.</summary>
    [RuntimeOnly]
    public int Connections { get; init; } = 4;

    /// <summary>Length of a part. After a kill, unfinished parts start anew.</summary>
    [RuntimeOnly]
    public double PartMebibytes { get; init; } = 16;

    /// <summary>Attempts on one address that bring nothing, in a row, before the next address is tried.</summary>
    [RuntimeOnly]
    public int Attempts { get; init; } = 6;

    /// <summary>Pause before the second attempt; doubled before each further one, unless the server says how long to wait.</summary>
    [RuntimeOnly]
    public double FirstPauseSeconds { get; init; } = 1;

    /// <summary>No pause is longer; a server that asks for more is not tried again.</summary>
    [RuntimeOnly]
    public double LongestPauseSeconds { get; init; } = 300;

    /// <summary>A connection that brings nothing for so long is given up.</summary>
    [RuntimeOnly]
    public double StallSeconds { get; init; } = 60;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Connections is < 1 or > 64)
            yield return ("connections", $"found {Connections}, 1 to 64 are allowed");
        if (PartMebibytes is not (> 0 and <= 4096))
            yield return ("part_mebibytes", $"found {PartMebibytes}, above 0 to 4096 are allowed");
        if (Attempts is < 1 or > 100)
            yield return ("attempts", $"found {Attempts}, 1 to 100 are allowed");
        if (FirstPauseSeconds is not (>= 0 and <= 3600))
            yield return ("first_pause_seconds", $"found {FirstPauseSeconds}, 0 to 3600 are allowed");
        if (LongestPauseSeconds is not (>= 0 and <= 86400))
            yield return ("longest_pause_seconds", $"found {LongestPauseSeconds}, 0 to 86400 are allowed");
        if (StallSeconds is not (> 0 and <= 86400))
            yield return ("stall_seconds", $"found {StallSeconds}, above 0 to 86400 are allowed");
    }
}
