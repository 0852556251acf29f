using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>Brings a stage to Slurm as a job, once: a job that is there already, or that got there although sbatch failed, is taken up.</summary>
internal sealed class JobSubmission(SlurmSettings settings, JobProgram program, SlurmPlace place, PlanFolder plans, JobQueue queue, TimeProvider clock)
{
    private TimeSpan Patience => TimeSpan.FromSeconds(settings.PatienceSeconds);

    /// <summary>Looks for a job on it that is not about to end, of whatever front end.</summary>
    /// <exception cref="SlurmException">The controller has not answered for longer than patience lasts.</exception>
    public async Task<long?> FindAsync(StageJob job, CancellationToken cancellation = default)
    {
        var jobs = await queue.LookAsync(clock.GetTimestamp(), cancellation);
        return jobs.FirstOrDefault(queued => place.IsOf(job, queued.Comment) && queued is { HasEnded: false, IsEnding: false })?.Id;
    }

    /// <summary>Cancelled while Slurm fails, it looks once more whether the job got there.</summary>
    /// <returns>The job's number.</returns>
    /// <exception cref="SlurmException">Slurm refuses it, or cannot be reached.</exception>
    public async Task<long> SubmitAsync(StageJob job, int attempt, StageVoice voice, CancellationToken cancellation)
    {
        var order = new JobOrder(job.Stage.Id.Value, job.Key, job.IsForced, attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(place.OutputPattern(job))!);
        var variables = new Dictionary<string, string>(program.Variables) { [program.Plan.Variable] = await plans.KeepAsync() };
        for (Outage? outage = null; ;)
            try
            {
                return await SubmitOnceAsync(job, order, variables);
            }
            catch (SlurmException fault) when (fault.IsTransient)
            {
                outage ??= new Outage(Patience, clock);
                outage.Require(fault);
                voice.Log($"{fault.Message}; trying again");
                await Task.Delay(TimeSpan.FromSeconds(2 * settings.PollSeconds), clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (await FindAsync(job, cancellation) is { } arrived)
                    return arrived;
                cancellation.ThrowIfCancellationRequested();
            }
    }

    private async Task<long> SubmitOnceAsync(StageJob job, JobOrder order, IReadOnlyDictionary<string, string> variables)
    {
        var printed = (await SlurmCommand.RunAsync("sbatch", Words(job), program.Script(order), variables)).Trim();
        return long.TryParse(printed, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : await FindAsync(job) ?? throw new SlurmException($"sbatch: printed '{printed}' where a job's number is expected, and no such job is in the queue of this cluster");
    }

    /// <summary>
    /// What the class says first, so that it cannot undo what jobs are known by. Requeueing is left to the engine, which counts: Slurm would
    /// do it without end, and not for a job that left by itself.
    /// </summary>
    private IEnumerable<string> Words(StageJob job) =>
    [
        .. settings.Classes[ResourceClasses.Of(job.Stage)].Words(),
        "--parsable",
        "--export=ALL",
        $"--job-name=tmrvc-{job.Stage.Id}",
        $"--comment={place.Comment(job, program.Plan)}",
        $"--chdir={program.Root}",
        $"--output={place.OutputPattern(job)}",
        "--open-mode=append",
        "--nodes=1",
        "--ntasks=1",
        "--no-requeue",
        $"--signal=B:USR1@{settings.WarningSeconds.ToString(CultureInfo.InvariantCulture)}",
    ];
}
