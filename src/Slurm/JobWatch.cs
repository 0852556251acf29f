using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>Follows one job to its end: passes on what it writes and how it stands in the queue.</summary>
/// <param name="isOurs">Whether a job of this number is the one: numbers begin anew where a controller loses its state.</param>
internal sealed class JobWatch(StageJob job, long id, Predicate<QueuedJob> isOurs, JobOutput output, JobQueue queue, TimeSpan interval, StageVoice voice, TimeProvider clock)
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
            var jobs = await queue.TryLookAsync(since: looked);
            looked = clock.GetTimestamp();
            if (jobs is null)
                Tell("is not seen: the controller does not answer");
            else if (jobs.FirstOrDefault(one => one.Id == id && isOurs(one)) is var queued && queued is { HasEnded: false })
                Tell(queued);
            else
                return JobEnd.Of(job, id, await LastWordAsync(cancellation), queued);
        }
    }

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

    private void Tell(QueuedJob queued)
    {
        if (queued.HasMachine)
            voice.Started();
        else
            voice.Stopped();
        Tell(queued.Described);
    }

    private void Tell(string how)
    {
        if (how == _told)
            return;
        _told = how;
        voice.Log($"job {id} {how}");
    }
}
