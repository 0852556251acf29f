using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting;

/// <summary>What one run of the graph found and did: the part of the report that is not an artifact.</summary>
public sealed record RunLedger
{
    public required string Profile { get; init; }

    /// <summary>Source revision the graph was built from; empty when unknown.</summary>
    public required string Revision { get; init; }

    public required RunResult Result { get; init; }

    public required DateTimeOffset Finished { get; init; }

    /// <summary>Wall clock of the whole run.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What the run was for: the student's files; null where there are none.</summary>
    public DeliveredFiles? Delivered { get; init; }

    /// <summary>Every stage of the graph, producers first.</summary>
    public required IReadOnlyList<StageEntry> Stages { get; init; }

    /// <summary>Whether the run changed nothing: each stage was fresh.</summary>
    public bool IsNoOp => Stages.All(stage => stage.State is StageState.Fresh or StageState.Cached);
}
