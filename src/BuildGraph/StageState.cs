namespace Tmrvc.BuildGraph;

/// <summary>Where a stage stands in a run. <see cref="StageStates"/> is the one place that changes it.</summary>
public enum StageState
{
    /// <summary>Something it needs has not settled yet, or no resources are free.</summary>
    Waiting,

    /// <summary>Its recorded outputs are being put back. When they turn out to be lost it waits again, to run.</summary>
    Restoring,

    Running,

    /// <summary>Settled: its recorded outputs are in place; nothing was done.</summary>
    Fresh,

    /// <summary>Settled: its recorded outputs were put back from the store.</summary>
    Restored,

    /// <summary>Settled: its outputs are known and a store has them, but nothing here needs them. Not stale.</summary>
    Cached,

    /// <summary>Settled: it ran, its outputs were published.</summary>
    Ran,

    /// <summary>Settled: the gate judged and did not pass, now or when its verdict was cached. Its verdict can be read.</summary>
    Rejected,

    /// <summary>Settled: it threw, or left wrong outputs.</summary>
    Failed,

    /// <summary>Settled: never started, because of another stage or a missing input.</summary>
    Blocked,

    /// <summary>Settled: cancelled before it started or while it ran.</summary>
    Interrupted,
}

public static class StageStateMeaning
{
    /// <summary>A gate that did not pass is rejected, however its verdict came about.</summary>
    internal static StageState Of(ActionRecord record, StageState state) =>
        record.Verdict is { Passed: false } ? StageState.Rejected : state;

    public static bool IsSettled(this StageState state) => state > StageState.Running;

    /// <summary>Whether the stage is as it should be: settled with known outputs, and no gate that did not pass.</summary>
    public static bool IsGood(this StageState state) =>
        state is StageState.Fresh or StageState.Restored or StageState.Cached or StageState.Ran;

    /// <summary>Whether the stage's outputs are there to be read.</summary>
    public static bool HasOutputs(this StageState state) =>
        state is StageState.Fresh or StageState.Restored or StageState.Ran or StageState.Rejected;
}
