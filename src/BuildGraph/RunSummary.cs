using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What a run came to as a whole; the front door turns it into an exit code.</summary>
public enum RunResult
{
    /// <summary>Every stage settled with its outputs, every gate passed. Exit code 0.</summary>
    Done,

    /// <summary>A stage failed or was blocked, or a gate did not pass. Exit code 1.</summary>
    Failed,

    /// <summary>Cancelled; what was finished stays finished, training stages kept their checkpoints. Exit code 75.</summary>
    Preempted,
}

/// <param name="Stages">Every stage the targets need, producers first.</param>
/// <param name="FilesHashed">Files whose bytes were read because the stat index did not vouch for them.</param>
public sealed record RunSummary(
    RunResult Result,
    IReadOnlyList<StageOutcome> Stages,
    DateTimeOffset Started,
    TimeSpan Duration,
    long FilesHashed)
{
    /// <summary>Bytes that travelled from the shared store.</summary>
    public long Downloaded => Total(outcome => outcome.Downloaded);

    /// <summary>Bytes that travelled to the shared store.</summary>
    public long Uploaded => Total(outcome => outcome.Uploaded);

    /// <summary>Results that are still to be pushed, because the shared store could not take them; the next run does.</summary>
    public int NotPushed { get; init; }

    /// <summary>By the stages that ran, finished or not.</summary>
    public Spent Spent { get; init; } = new(0, 0);

    /// <summary>Whether <see cref="RunOptions.Limit"/> ended it.</summary>
    public bool IsLimitReached { get; init; }

    public StageOutcome this[StageId id] => Stages.First(outcome => outcome.Stage == id);

    // Not LINQ's Sum, which a no-op would have to compile.
    private long Total(Func<StageOutcome, long> bytes)
    {
        var total = 0L;
        foreach (var outcome in Stages)
            total += bytes(outcome);
        return total;
    }
}

/// <summary>How one stage ended.</summary>
/// <param name="Reason">Why it ran, was fresh, was blocked; or the error, naming stage, item, found and allowed.</param>
/// <param name="Started">Null when it never ran in this process.</param>
/// <param name="Duration">Zero when it never ran in this process; see <see cref="ActionRecord.Hours"/> for the recorded time.</param>
/// <param name="Outputs">
/// In the order of <see cref="Stage.Outputs"/>; of a cached stage, where they would be; empty when unknown. They can be read when
/// <see cref="StageStateMeaning.HasOutputs"/> says so.
/// </param>
/// <param name="Record">The action record behind the outputs: metrics, quarantine, verdict; null when there are none.</param>
public sealed record StageOutcome(
    StageId Stage,
    StageState State,
    string Reason,
    DateTimeOffset? Started,
    TimeSpan Duration,
    IReadOnlyList<StageOutput> Outputs,
    ActionRecord? Record)
{
    /// <summary>Bytes of its outputs that travelled from the shared store; not those that were here already.</summary>
    public long Downloaded { get; init; }

    /// <summary>Bytes of its outputs that travelled to the shared store, not those that were there already; 0 until the run has ended, because uploads overlap with other stages.</summary>
    public long Uploaded { get; init; }

    /// <summary>What was thrown, where it failed: it shows where in the code, which <see cref="Reason"/> does not.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Path of what it told and what ended it; null when it never ran in this process, or left none.</summary>
    public string? Log { get; init; }

    public string OutputPath(string name) => Outputs.First(output => output.Name == name).Path;
}

/// <param name="Path">Absolute path of the read-only file or folder. It never changes: other content has another path.</param>
/// <param name="Content">What it holds.</param>
public sealed record StageOutput(string Name, string Path, StoredEntry Content);
