using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting;

/// <summary>One stage in a <see cref="RunLedger"/>.</summary>
public sealed record StageEntry
{
    public required string Id { get; init; }

    /// <summary>Action, per item, training or gate.</summary>
    public required string Kind { get; init; }

    public string Description { get; init; } = "";

    public required StageState State { get; init; }

    /// <summary>Why it is in that state; or the error.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The stage's fingerprint, hexadecimal; empty when there is no record.</summary>
    public string Key { get; init; } = "";

    /// <summary>Wall clock of the run that made the outputs, now or earlier; null when there is none.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>US dollars of that run; null when free or unknown.</summary>
    public double? Cost { get; init; }

    /// <summary>What that run had been expected to take; null when nobody knew.</summary>
    public TimeSpan? ExpectedDuration { get; init; }

    /// <summary>US dollars that it had been expected to cost; null when nobody knew.</summary>
    public double? ExpectedCost { get; init; }

    /// <summary>When its outputs were made, now or earlier; null when nothing is recorded.</summary>
    public DateTimeOffset? Made { get; init; }

    /// <summary>On which machine, in words; empty when nothing is recorded.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Source revision that made them; empty when unknown.</summary>
    public string Revision { get; init; } = "";

    /// <summary>What shorter run it was extended from; empty for one that began at its beginning.</summary>
    public string Extended { get; init; } = "";

    /// <summary>Ids of the stages it reads from or requires.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What differed from the last record: an input's content, a setting, a tool.</summary>
    public IReadOnlyList<Change> Changed { get; init; } = [];

    /// <summary>The manifest behind the key: what is no setting, then the settings, each from its beginning.</summary>
    public IReadOnlyList<ManifestEntry> Manifest { get; init; } = [];

    /// <summary>Entries of the whole manifest.</summary>
    public int ManifestEntries { get; init; }

    public IReadOnlyList<StageArtifact> Outputs { get; init; } = [];

    /// <summary>Bytes of its outputs that this run brought from the cache.</summary>
    public long Downloaded { get; init; }

    /// <summary>Bytes of its outputs that this run brought to the cache.</summary>
    public long Uploaded { get; init; }

    /// <summary>Numbers of its action record: steps per second, files, final loss.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Items it turned away.</summary>
    public IReadOnlyList<RejectedItem> Quarantine { get; init; } = [];
}

/// <param name="Name">The output's name.</param>
/// <param name="Sha256">Content hash, hexadecimal: of the file, or of the folder's tree.</param>
/// <param name="Bytes">Size; a folder counts all its files.</param>
public sealed record StageArtifact(string Name, string Sha256, long Bytes);
