using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>The other end of a job: runs exactly the stage that was ordered, under the key that was ordered, or nothing.</summary>
public static class StageJobRun
{
    /// <param name="options">As for a run in the front end.</param>
    /// <param name="output">Becomes the job's output, which the front end reads.</param>
    public static async Task<RunResult> RunAsync(
        Engine engine, JobOrder order, RunOptions options, TextWriter output, CancellationToken cancellation)
    {
        StageId stage = order.Stage;
        var observer = new JobObserver(stage, output, engine.Options.Clock);
        observer.Began();
        var run = engine.Start([stage], options with
        {
            Force = order.IsForced ? Force.Of(stage) : Force.None,
            Only = new StageKey(stage, order.Key),
            GoesOn = order.Attempt > 1,
            Executor = null,
        }, observer, cancellation);
        var summary = await run.Finished;
        var blocked = summary.Stages.Where(outcome => outcome.State is StageState.Blocked or StageState.Failed).FirstOrDefault() ?? summary[stage];
        observer.Ended(new StageJobEnd(summary[stage].State, engine.Options.Redact(blocked.Reason)));
        return summary.Result;
    }
}
