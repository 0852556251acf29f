namespace Tmrvc.Slurm;

/// <summary>
/// Keeps the plans of a checkout as long as a job may read them. Approach: front ends that submit share a lock on the folder; one that
/// has it alone, before its first job and after its last, removes what no job in the queue names in its comment.
/// </summary>
/// <param name="folder">Absolute; holds a folder for each plan.</param>
internal sealed class PlanFolder(string folder, JobPlan plan)
{
    private const int LastLooks = 6;

    private readonly SemaphoreSlim _turn = new(1);
    private FileStream? _shared;

    /// <returns>Where the plan lies, from now on until <see cref="EndAsync"/>, and after it for jobs that name it.</returns>
    public async Task<string> KeepAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_shared is null)
                await CleanAsync();
            _shared ??= await ShareAsync();
            return plan.WriteTo(folder);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A job that has said its last word may stand in the queue for a moment yet.</summary>
    public async Task EndAsync()
    {
        _shared?.Dispose();
        _shared = null;
        for (var look = 0; look < LastLooks && Directory.Exists(Path.Combine(folder, plan.Name)); look++)
        {
            await Task.Delay(look * TimeSpan.FromMilliseconds(250));
            await CleanAsync();
        }
    }

    private async Task CleanAsync()
    {
        if (!Directory.Exists(folder))
            return;
        using var alone = TryLock(FileShare.None);
        if (alone is null)
            return;
        try
        {
            var living = (await JobQueue.LookNowAsync()).Where(job => !job.HasEnded).Select(job => job.Comment.Split(' ')[^1]).ToHashSet();
            foreach (var old in Directory.EnumerateDirectories(folder).Where(path => !living.Contains(Path.GetFileName(path))))
                Directory.Delete(old, recursive: true);
        }
        catch (SlurmException)
        {
            // Whether a job needs them cannot be told: the next run cleans up.
        }
    }

    /// <summary>Who cleans up holds it for a moment.</summary>
    private async Task<FileStream> ShareAsync()
    {
        Directory.CreateDirectory(folder);
        FileStream? shared;
        while ((shared = TryLock(FileShare.Read)) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        return shared;
    }

    /// <summary>A network file system locks exclusively only what is open for writing.</summary>
    private FileStream? TryLock(FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, share == FileShare.None ? FileAccess.ReadWrite : FileAccess.Read, share, bufferSize: 0);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            return null;
        }
    }
}
