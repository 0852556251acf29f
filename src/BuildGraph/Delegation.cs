namespace Tmrvc.BuildGraph;

/// <summary>Lets one stage run elsewhere and takes up what it left: the record is the result, whatever became of who made it.</summary>
internal sealed class Delegation(Workshop shop, IStageExecutor executor, KnownRecords records, ObserverTurn turn, Meter meter, RunOptions options)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    private TimeProvider Clock => shop.Options.Clock;

    public async Task<Report> RunAsync(Decision decision, CancellationToken cancellation)
    {
        var stage = decision.Stage;
        var job = new StageJob(stage, decision.Key!.Value, options.Force.Includes(stage.Id));
        var end = await executor.RunAsync(job, new StageVoice(turn, stage.Id, meter), cancellation);
        return new Report.Ended(await FindAsync(job, end, cancellation) is { } record
            ? ExecutionResult.Of(record, decision.Reason)
            : new ExecutionResult(end.State.HasOutputs() ? StageState.Failed : end.State, Reason(stage, end), null));
    }

    /// <summary>A network file system may show here only later what a job that ended well has left.</summary>
    private async Task<ActionRecord?> FindAsync(StageJob job, StageJobEnd end, CancellationToken cancellation)
    {
        for (var ended = Clock.GetTimestamp(); ; await Task.Delay(TimeSpan.FromSeconds(1), Clock, cancellation))
        {
            records.Forget(job.Key);
            if (Recorded(job, end) is { } record)
                return record;
            if (!end.State.HasOutputs() || Clock.GetElapsedTime(ended) >= Settling)
                return null;
        }
    }

    private ActionRecord? Recorded(StageJob job, StageJobEnd end) =>
        (!job.IsForced || end.State.HasOutputs()) && shop.Records.Find(job.Key) is { } record && shop.Store.IsInPlace(new(record.Outputs))
            ? record
            : null;

    private static string Reason(Stage stage, StageJobEnd end) => end.State.HasOutputs()
        ? $"Stage {stage.Id}: it ended elsewhere ({end.Reason}), and neither record nor outputs are to be seen here; one file system is needed for both"
        : end.Reason;
}
