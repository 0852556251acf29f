namespace Tmrvc.BuildGraph;

/// <summary>What a run would do, without doing it. <c>--dryrun</c>, <c>--explain</c> and <c>--check</c> are views of it.</summary>
/// <param name="Stages">Every stage the targets need, producers first.</param>
public sealed record Plan(IReadOnlyList<PlannedStage> Stages)
{
    public bool IsFresh => Stages.All(stage => stage.State is PlannedState.Fresh or PlannedState.Cached);

    /// <summary>Hours of the stages that run, as far as they are known.</summary>
    public double Hours => Stages.Sum(stage => stage.Hours ?? 0);

    /// <summary>US dollars of the stages that run, as far as they are known.</summary>
    public double Cost => Stages.Sum(stage => stage.Cost ?? 0);

    /// <summary>The same between its bounds.</summary>
    public Estimate HoursBetween => Sum(stage => stage.Expected?.Hours);

    /// <summary>The same between its bounds.</summary>
    public Estimate CostBetween => Sum(stage => stage.Expected?.Cost);

    /// <summary>What those results took, here or elsewhere, that need not be made again.</summary>
    public Spent Saved => new(Stages.Sum(stage => stage.Saved?.Hours ?? 0), Stages.Sum(stage => stage.Saved?.Cost ?? 0));

    /// <summary>Bytes that restoring brings from the shared store, at most.</summary>
    public long Download => Stages.Sum(stage => stage.Download);

    public PlannedStage this[StageId id] => Stages.First(stage => stage.Id == id);

    private Estimate Sum(Func<PlannedStage, Estimate?> part) =>
        Stages.Aggregate(Estimate.None, (sum, stage) => sum + (part(stage) ?? Estimate.None));
}

public enum PlannedState
{
    /// <summary>Its recorded outputs are in place.</summary>
    Fresh,

    /// <summary>Its outputs are known and a store has them; nothing needs them here, so they stay there. Not stale.</summary>
    Cached,

    /// <summary>Its recorded outputs can be put back without running.</summary>
    Restore,

    /// <summary>It runs, or may run: <see cref="PlannedStage.Reason"/> tells.</summary>
    Run,

    /// <summary>It cannot run: an input is missing, or a gate has not passed.</summary>
    Blocked,
}

/// <param name="Reason">For people: why it is in this state.</param>
/// <param name="Changed">Against the last record of the stage under this profile; empty when there is none.</param>
/// <param name="Notes">What does not make it stale yet deserves a look, such as changed code under an unchanged version.</param>
/// <param name="Bytes">Recorded size of what is in place or would be restored; null when unknown.</param>
public sealed record PlannedStage(
    StageId Id,
    PlannedState State,
    string Reason,
    IReadOnlyList<Change> Changed,
    IReadOnlyList<string> Notes,
    long? Bytes)
{
    /// <summary>Whether <see cref="Notes"/> tell that the code behind it changed under an unchanged version.</summary>
    public bool HasNewerCode { get; init; }

    /// <summary>Bytes that restoring it brings from the shared store, at most; 0 when it is not restored from there.</summary>
    public long Download { get; init; }

    /// <summary>What is left to do of it; null when it does not run or nobody knows.</summary>
    public Expectation? Expected { get; init; }

    /// <summary>The middle of what is expected; null when it does not run or nobody knows.</summary>
    public double? Hours => Expected?.Hours.Middle;

    /// <summary>US dollars: the middle of what is expected; null when it does not run or nobody knows.</summary>
    public double? Cost => Expected?.Cost.Middle;

    /// <summary>What its recorded result took; null when there is none that can be used.</summary>
    public Spent? Saved { get; init; }
}

/// <param name="What">Path of a property or input, such as <c>settings.lr</c> or <c>input.audio/p225/001.flac</c>.</param>
/// <param name="Old">Null when it was not there.</param>
/// <param name="New">Null when it is gone.</param>
public sealed record Change(string What, string? Old, string? New)
{
    /// <summary>For people, in one line.</summary>
    /// <param name="name">What they call it.</param>
    public string Of(string name) => $"{name}: {Old ?? "absent"} → {New ?? "absent"}";
}
