using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>Within a job: writes down for the front end what goes on, progress at most once a second.</summary>
internal sealed class JobObserver(StageId stage, TextWriter output, TimeProvider clock) : IRunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long? _shown;

    public void Began() => Write(new JobLine { Works = false, At = clock.GetUtcNow() });

    public void StateChanged(StageId changed, StageState state, string reason)
    {
        if (changed == stage && state == StageState.Running)
            Write(new JobLine { Works = true, At = clock.GetUtcNow() });
    }

    public void Progressed(StageId changed, StageProgress progress)
    {
        if (changed != stage || (_shown is { } last && clock.GetElapsedTime(last) < Interval && progress.Done < progress.Total))
            return;
        _shown = clock.GetTimestamp();
        Write(new JobLine { Progress = progress });
    }

    public void Transferring(StageId changed, TransferDirection direction, TransferProgress progress) { }

    public void Logged(StageId changed, string line) => Write(new JobLine { Log = changed == stage ? line : $"{changed}: {line}" });

    public void Ended(StageJobEnd end) => Write(new JobLine { End = end, At = clock.GetUtcNow() });

    /// <summary>On a line of its own, whatever a native library has begun to print.</summary>
    private void Write(JobLine line)
    {
        output.Write($"\n{line.Write()}\n");
        output.Flush();
    }
}
