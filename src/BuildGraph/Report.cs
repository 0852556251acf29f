using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What an activity tells the scheduler's loop about its stage when it ends.</summary>
internal abstract record Report
{
    private Report() { }

    /// <summary>More is known than before.</summary>
    public sealed record DecideAgain : Report;

    /// <param name="Who">For people: who is at work on the key.</param>
    /// <param name="Rest">How long to wait before looking again.</param>
    public sealed record Busy(string Who, TimeSpan Rest) : Report;

    /// <summary>The stage is this run's to work on.</summary>
    public sealed record Claimed(Claim Claim) : Report;

    /// <summary>What was to be restored cannot be had.</summary>
    public sealed record Lost : Report;

    public sealed record Ended(ExecutionResult Result) : Report;
}

/// <summary>How a stage ended.</summary>
internal sealed record ExecutionResult(StageState State, string Reason, ActionRecord? Record)
{
    /// <summary>Bytes that came from the shared store.</summary>
    public long Downloaded { get; init; }

    /// <summary>Kept until the result has been pushed; null when there is none.</summary>
    public ISharedLease? Lease { get; init; }
}
