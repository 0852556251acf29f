using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// What is remembered of a finished stage under its key (guarantee 7). The first writer wins. Everything from
/// <see cref="Metrics"/> down is for people and never reaches a key.
/// </summary>
public sealed record ActionRecord
{
    public required ContentHash Key { get; init; }

    public required string Stage { get; init; }

    /// <summary>Sorted by name, ordinal.</summary>
    public required IReadOnlyList<StoredEntry> Outputs { get; init; }

    /// <summary>The gate's decision; null for other stages.</summary>
    public GateVerdict? Verdict { get; init; }

    /// <summary>Hash of the sources behind the stage when it ran; null when they were not at hand.</summary>
    public ContentHash? Sources { get; init; }

    /// <summary>The canonical manifest whose hash is the key, in its order, with the defaults that were left out of the key.</summary>
    public required IReadOnlyList<ManifestEntry> Manifest { get; init; }

    /// <summary>Items a per-item stage turned away, by id.</summary>
    public IReadOnlyList<RejectedItem> Quarantine { get; init; } = [];

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Settings whose name is or ends with Seed, defaults included.</summary>
    public IReadOnlyDictionary<string, string> Seeds { get; init; } = new Dictionary<string, string>();

    public required Hardware Hardware { get; init; }

    /// <summary>Wall-clock hours, with those of interrupted runs that it went on from, here or elsewhere, and of the shorter run that it was extended from.</summary>
    public double Hours { get; init; }

    /// <summary>Of a per-item stage, the hours of the last run that made every item, or of a later one that took longer; null for others.</summary>
    public double? HoursOfAllItems { get; init; }

    /// <summary>US dollars, by the rate of <see cref="EngineOptions.Price"/>; 0 when free.</summary>
    public double Cost { get; init; }

    /// <summary>Hours that it was expected to take; null when nobody knew.</summary>
    public Estimate? ExpectedHours { get; init; }

    /// <summary>US dollars that it was expected to cost; null when nobody knew.</summary>
    public Estimate? ExpectedCost { get; init; }

    /// <summary>What shorter run it was extended from, in words; null for one that began at its beginning.</summary>
    public string? Extended { get; init; }

    public DateTimeOffset Finished { get; init; }

    /// <summary>Git revision of the checkout; null outside one.</summary>
    public string? Revision { get; init; }

    /// <summary>Why nothing stored could be used.</summary>
    public required string MissReason { get; init; }
}

/// <param name="What">Path of a property or input, such as <c>settings.optimizer.lr</c> or <c>input.audio</c>.</param>
/// <param name="IsDefault">The value is the settings record's own, so it is not part of the key.</param>
public sealed record ManifestEntry(string What, string Value, bool IsDefault = false);

/// <param name="Id">As in <see cref="ItemRun"/>.</param>
public sealed record RejectedItem(string Id, string Reason);

/// <param name="Gpu">Model; empty without one.</param>
public sealed record Hardware(string Cpu, int Cores, long MemoryBytes, string Gpu, string System);
