namespace Tmrvc.Reporting;

/// <summary>One stage in a <see cref="RunLedger"/>.</summary>
public sealed record StageEntry
{
    public required string Id { get; init; }

    /// <summary>Action, per item, training or gate.</summary>
    public required string Kind { get; init; }

    public string Description { get; init; } = "";

    public required StageOutcome Outcome { get; init; }

    /// <summary>Why it ran, was restored, failed or was blocked; empty for a fresh stage.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The stage's fingerprint, hexadecimal; empty when an input was missing.</summary>
    public string Key { get; init; } = "";

    /// <summary>Wall clock of the run that made the outputs, now or earlier; null when there is none.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>US dollars of that run; null when free or unknown.</summary>
    public double? Cost { get; init; }

    /// <summary>Ids of the stages it reads from or requires.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What differed from the last record: an input's content, a setting, a tool.</summary>
    public IReadOnlyList<StageChange> Changes { get; init; } = [];

    public IReadOnlyList<StageArtifact> Outputs { get; init; } = [];

    /// <summary>Numbers of its action record: steps per second, files, final loss.</summary>
    public IReadOnlyList<StageMetric> Metrics { get; init; } = [];
}

public enum StageOutcome
{
    /// <summary>Nothing changed: the outputs of an earlier run stand.</summary>
    Fresh,

    /// <summary>The outputs were brought from the store.</summary>
    Restored,

    Ran,
    Failed,

    /// <summary>Not run because a stage or a gate before it failed.</summary>
    Blocked,

    /// <summary>Stale, but the run ended before its turn or did not ask for it.</summary>
    Pending,
}

/// <param name="What">The input or property path, such as <c>phases.0.lr</c>.</param>
/// <param name="Old">Empty when it is new.</param>
/// <param name="New">Empty when it is gone.</param>
public sealed record StageChange(string What, string Old, string New);

/// <param name="Name">The output's name.</param>
/// <param name="Sha256">Content hash, hexadecimal: of the file, or of the folder's manifest.</param>
/// <param name="Bytes">Size; a folder counts all its files.</param>
public sealed record StageArtifact(string Name, string Sha256, long Bytes);

public sealed record StageMetric(string Name, double Value);
