namespace Tmrvc.BuildGraph;

/// <summary>What a stage occupies while it runs, and what it is expected to take. Never part of the key.</summary>
public sealed record StageResources
{
    public static readonly StageResources OneCore = new();

    /// <summary>CPU cores; a value above the machine's is taken as all of them.</summary>
    public int Cores { get; init; } = 1;

    public int Gpus { get; init; }

    /// <summary>Concurrent network transfers.</summary>
    public int NetworkSlots { get; init; }

    public long MemoryBytes { get; init; }

    /// <summary>Expected wall-clock hours; null when unknown.</summary>
    public double? ExpectedHours { get; init; }
}
