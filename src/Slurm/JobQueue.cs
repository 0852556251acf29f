namespace Tmrvc.Slurm;

/// <summary>This user's jobs, as the controller tells them: asked at most once per interval, however many want to know.</summary>
internal sealed class JobQueue(TimeSpan interval, TimeSpan patience, TimeProvider clock)
{
    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyList<QueuedJob> _jobs = [];
    private long? _asked;
    private long? _answered;

    /// <summary>Not older than the interval, unless the controller does not answer: then what it said last.</summary>
    /// <exception cref="SlurmException">It has not answered for longer than patience lasts, or refuses.</exception>
    public async Task<IReadOnlyList<QueuedJob>> LookAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_asked is null || clock.GetElapsedTime(_asked.Value) >= interval)
                await AskAsync();
            return _jobs;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>As it is at this moment.</summary>
    /// <exception cref="SlurmException">The controller does not answer, or refuses.</exception>
    public static async Task<IReadOnlyList<QueuedJob>> LookNowAsync()
    {
        var lines = await SlurmCommand.RunAsync("squeue", ["--me", "--noheader", "--states=all", $"--Format={QueuedJob.Format}"]);
        return [.. lines.Split('\n').Select(QueuedJob.Parse).OfType<QueuedJob>()];
    }

    private async Task AskAsync()
    {
        var now = clock.GetTimestamp();
        _answered ??= now;
        try
        {
            _jobs = await LookNowAsync();
            _answered = now;
        }
        catch (SlurmException fault) when (fault.IsTransient && clock.GetElapsedTime(_answered.Value) < patience)
        {
        }
        _asked = now;
    }
}
