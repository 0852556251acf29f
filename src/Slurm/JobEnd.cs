using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>How a job ended.</summary>
/// <param name="MayGoOn">Another job may go on from where this one was interrupted.</param>
internal sealed record JobEnd(StageState State, string Reason, bool MayGoOn)
{
    /// <summary>It was stopped by its time limit, whether or not it saved first.</summary>
    public bool HasRunOutOfTime { get; private init; }

    /// <summary>The next job may meet the same trouble, if it comes at once.</summary>
    public bool LostItsNode { get; private init; }

    /// <summary>How far the stage has come, in its own unit; null where the job did not say.</summary>
    public long? Done { get; init; }

    /// <param name="said">The job's last word; null when it had none.</param>
    /// <param name="queued">Null when Slurm does not know the job any more.</param>
    public static JobEnd Of(StageJob job, long id, StageJobEnd? said, QueuedJob? queued) => (said, queued) switch
    {
        ({ State: not StageState.Interrupted }, _) => new(said.State, said.Reason, MayGoOn: false),
        (_, { State: "CANCELLED" }) => new(StageState.Interrupted, $"job {id} was cancelled; the next run goes on from here", MayGoOn: false),
        _ when RanOutOfTime(said, queued) && !KeepsWork(job.Stage) => Failed(job,
            $"job {id} was stopped by its time limit, and the stage keeps nothing from one job to the next; allow it more (time, in configs/executors.yaml)"),
        ({ }, _) => Interrupted($"job {id} was interrupted and saved") with { HasRunOutOfTime = RanOutOfTime(said, queued) },
        (null, null) => Interrupted($"job {id} is not known to Slurm any more"),
        (null, { WasInterrupted: true }) => Interrupted($"job {id} ended: {queued.State} on {queued.Nodes}") with
        {
            HasRunOutOfTime = queued.HasRunOutOfTime,
            LostItsNode = queued.HasLostItsNode,
        },
        (null, _) => Failed(job, $"job {id} ended {queued.State} on {queued.Nodes} without a result"),
    };

    private static JobEnd Interrupted(string reason) => new(StageState.Failed, reason, MayGoOn: true);

    private static JobEnd Failed(StageJob job, string reason) => new(StageState.Failed, $"Stage {job.Stage.Id}: {reason}", MayGoOn: false);

    /// <summary>One that was warned of its limit saves, and leaves by itself, with an exit code that Slurm calls a failure.</summary>
    private static bool RanOutOfTime(StageJobEnd? said, QueuedJob? queued) =>
        queued is { HasRunOutOfTime: true } || (said is { State: StageState.Interrupted } && queued is { State: "FAILED" or "COMPLETED" });

    private static bool KeepsWork(Stage stage) => stage is TrainingStage or PerItemStage;
}
