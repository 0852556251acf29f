using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>How one run goes about its targets. None of it reaches a key.</summary>
public sealed record RunOptions
{
    public static readonly RunOptions Default = new();

    /// <summary>Stages running at the same time, at least 1, within the machine's resources; null for no further limit.</summary>
    public int? Jobs { get; init; }

    /// <summary>After a failure, finish every stage that does not need the failed one. Otherwise nothing new is started.</summary>
    public bool KeepGoing { get; init; }

    public Force Force { get; init; } = Force.None;

    /// <summary>A trial of other settings than the profile's: lock files, which are committed, stay as they are.</summary>
    public bool IsTrial { get; init; }

    /// <summary>
    /// Decide by the lock files alone and restore what the targets need: nothing runs, and what cannot be had, or does not agree with
    /// the settings and inputs at hand, blocks its stage. Not together with <see cref="Force"/>.
    /// </summary>
    public bool Frozen { get; init; }

    /// <summary>A training goes on from a finished one that is the same but shorter, where this machine has its checkpoints, or the lock file names it and another machine has left them.</summary>
    public bool Extend { get; init; }

    /// <summary>When it is reached, running stages save and end, and nothing more is started: as by a cancellation.</summary>
    public SpendingLimit Limit { get; init; } = SpendingLimit.None;

    /// <summary>Where stages run that do not run in this process; null when all do.</summary>
    public IStageExecutor? Executor { get; init; }

    /// <summary>What may run; anything else that would have to is blocked. Null for no such limit.</summary>
    public StageKey? Only { get; init; }

    /// <summary>Forced stages go on from what their last run left when it was interrupted.</summary>
    public bool GoesOn { get; init; }
}

/// <summary>A stage under one key: with these settings and inputs and no others.</summary>
public sealed record StageKey(StageId Stage, ContentHash Key);

/// <summary>
/// Stages to run although they are fresh. A record is never replaced by other bytes under the same key (guarantee 7): when a forced
/// run yields different bytes the recorded ones stay, and the run says so.
/// </summary>
public abstract record Force
{
    private Force() { }

    public static readonly Force None = new Only(new HashSet<StageId>());

    public static readonly Force Everything = new All();

    public static Force Of(params IEnumerable<StageId> stages) => new Only(stages.ToHashSet());

    public abstract bool Includes(StageId stage);

    /// <summary>Stages that were named, and so must exist.</summary>
    internal virtual IEnumerable<StageId> Named => [];

    private sealed record All : Force
    {
        public override bool Includes(StageId stage) => true;
    }

    private sealed record Only(IReadOnlySet<StageId> Stages) : Force
    {
        public override bool Includes(StageId stage) => Stages.Contains(stage);

        internal override IEnumerable<StageId> Named => Stages;
    }
}
