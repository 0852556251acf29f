using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What an activity tells the scheduler's loop about its stage when it ends.</summary>
internal abstract record Report
{
    private Report() { }

    /// <summary>More is known than before.</summary>
    public sealed record DecideAgain : Report;

    /// <summary>Another process of this machine is at work on the key.</summary>
    public sealed record BusyHere : Report;

    /// <summary>Another machine is at work on the key.</summary>
    public sealed record BusyElsewhere : Report;

    /// <summary>The stage is this run's to work on.</summary>
    public sealed record Claimed(Claim Claim) : Report;

    /// <summary>What was to be restored cannot be had.</summary>
    public sealed record Lost(string Reason) : Report;

    public sealed record Ended(ExecutionResult Result) : Report;
}

/// <summary>How a stage ended.</summary>
internal sealed record ExecutionResult(StageState State, string Reason, ActionRecord? Record)
{
    /// <summary>Bytes that travelled from the shared store.</summary>
    public long Downloaded { get; init; }

    /// <summary>Kept until the result has been pushed; null when there is none.</summary>
    public ISharedLease? Lease { get; init; }

    /// <summary>What was thrown, where the stage failed.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Of a stage that ran. Of a gate that did not pass, its numbers are told and not why it was asked.</summary>
    public static ExecutionResult Of(ActionRecord record, string reason) => new(
        StageStateMeaning.Of(record, StageState.Ran), record.Verdict is { Passed: false } ? Words.Fresh(record) : reason, record);
}
