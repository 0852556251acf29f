namespace Tmrvc.BuildGraph;

/// <summary>Where a stage stands in a run. <see cref="StageStates"/> is the one place that changes it.</summary>
public enum StageState
{
    /// <summary>Something it needs has not settled yet, or no resources are free.</summary>
    Waiting,

    Running,

    /// <summary>Settled: its recorded outputs are in place; nothing was done.</summary>
    Fresh,

    /// <summary>Settled: its recorded outputs were put back from the store.</summary>
    Restored,

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
    public static bool IsSettled(this StageState state) => state > StageState.Running;

    /// <summary>Whether the stage's outputs are there to be read.</summary>
    public static bool HasOutputs(this StageState state) =>
        state is StageState.Fresh or StageState.Restored or StageState.Ran or StageState.Rejected;
}
