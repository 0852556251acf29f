using Tmrvc.BuildGraph;
using Tmrvc.Slurm;

namespace Tmrvc.Build;

/// <summary>The one stage of a job: no tasks, no report; what happens is written for the front end that submitted it.</summary>
internal sealed class JobRun(Session session, JobOrder order)
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run()
    {
        using var signals = new Signals(session.Workplace.Errors);
        var run = StageJobRun.RunAsync(session.Engine, order, session.RunOptions, session.Workplace.Output, signals.Cancellation);
        return run.GetAwaiter().GetResult() switch
        {
            RunResult.Done => ExitCode.Done,
            RunResult.Preempted => ExitCode.Preempted,
            _ => ExitCode.Failed,
        };
    }
}
