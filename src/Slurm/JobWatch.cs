using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>How a job ended.</summary>
/// <param name="MayGoOn">Another job may go on from where this one was interrupted.</param>
internal sealed record JobEnd(StageState State, string Reason, bool MayGoOn)
{
    /// <param name="said">The job's last word; null when it had none.</param>
    /// <param name="queued">Null when Slurm does not know the job any more.</param>
    public static JobEnd Of(StageJob job, long id, StageJobEnd? said, QueuedJob? queued) => (said, queued) switch
    {
        ({ State: not StageState.Interrupted }, _) => new(said.State, said.Reason, MayGoOn: false),
        (_, { State: "CANCELLED" }) => new(StageState.Interrupted, $"job {id} was cancelled; the next run goes on from here", MayGoOn: false),
        ({ }, _) => new(StageState.Failed, $"job {id} was interrupted and saved", MayGoOn: true),
        (null, null) => new(StageState.Failed, $"job {id} is not known to Slurm any more", MayGoOn: true),
        (null, { WasInterrupted: true }) => new(StageState.Failed, $"job {id} ended: {queued.State} on {queued.Nodes}", MayGoOn: true),
        _ => new(StageState.Failed, $"Stage {job.Stage.Id}: job {id} ended {queued!.State} on {queued.Nodes} without a result", MayGoOn: false),
    };
}

/// <summary>Follows one job to its end: passes on what it writes and how it stands in the queue.</summary>
internal sealed class JobWatch(StageJob job, long id, JobOutput output, JobQueue queue, TimeSpan interval, StageVoice voice, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>What a node wrote last may be seen here a little later than its end.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private string _told = "";

    public async Task<JobEnd> EndAsync(CancellationToken cancellation)
    {
        var pause = interval < LongestPause ? interval : LongestPause;
        for (var looked = clock.GetTimestamp(); ; await Task.Delay(pause, clock, cancellation))
        {
            output.Read();
            if (output.End is { State: not StageState.Interrupted } end)
                return JobEnd.Of(job, id, end, null);
            if (clock.GetElapsedTime(looked) < interval)
                continue;
            looked = clock.GetTimestamp();
            var queued = await FindAsync();
            if (queued is { HasEnded: false })
                Tell(queued.Described);
            else
                return JobEnd.Of(job, id, await LastWordAsync(cancellation), queued);
        }
    }

    private async Task<QueuedJob?> FindAsync() => (await queue.LookAsync()).FirstOrDefault(queued => queued.Id == id);

    private async Task<StageJobEnd?> LastWordAsync(CancellationToken cancellation)
    {
        for (var ended = clock.GetTimestamp(); clock.GetElapsedTime(ended) < Settling; await Task.Delay(interval < Settling ? interval : Settling, clock, cancellation))
        {
            output.Read();
            if (output.End is not null)
                break;
        }
        return output.End;
    }

    private void Tell(string how)
    {
        if (how == _told)
            return;
        _told = how;
        voice.Log($"job {id} {how}");
    }
}
