namespace Tmrvc.Slurm;

/// <summary>
/// This user's jobs, as the controller tells them: asked at most once per interval, however many want to know. No answer is never taken
/// for an answer: a job that is missing from an old list may be at work.
/// </summary>
internal sealed class JobQueue(TimeSpan interval, TimeSpan patience, TimeProvider clock)
{
    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyList<QueuedJob> _jobs = [];
    private long? _asked;
    private long? _failed;
    private Outage? _outage;

    /// <param name="since">Timestamp of the clock.</param>
    /// <returns>The answer to a question that was asked then or later.</returns>
    /// <exception cref="SlurmException">The controller has not answered for longer than patience lasts.</exception>
    public async Task<IReadOnlyList<QueuedJob>> LookAsync(long since, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await TryLookAsync(since) is { } jobs)
                return jobs;
            await Task.Delay(interval, clock, cancellation);
        }
    }

    /// <inheritdoc cref="LookAsync"/>
    /// <returns>Null where there is no such answer at the moment.</returns>
    public async Task<IReadOnlyList<QueuedJob>?> TryLookAsync(long since)
    {
        await _turn.WaitAsync();
        try
        {
            if (_asked < since || _asked is null)
                await AskAsync();
            return _asked >= since ? _jobs : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>As it is at this moment.</summary>
    /// <exception cref="SlurmException">The controller does not answer.</exception>
    public static async Task<IReadOnlyList<QueuedJob>> LookNowAsync()
    {
        var lines = await SlurmCommand.RunAsync("squeue", ["--me", "--noheader", "--states=all", $"--Format={QueuedJob.Format}"]);
        return [.. lines.Split('\n').Select(QueuedJob.Parse).OfType<QueuedJob>()];
    }

    private async Task AskAsync()
    {
        if (_failed is { } last && clock.GetElapsedTime(last) < interval)
            return;
        var asking = clock.GetTimestamp();
        try
        {
            _jobs = await LookNowAsync();
            (_asked, _failed, _outage) = (asking, null, null);
        }
        catch (SlurmException fault) when (SlurmCommand.WasStarted(fault))
        {
            _outage ??= new Outage(patience, clock);
            _outage.Require(fault);
            _failed = clock.GetTimestamp();
        }
    }
}
