using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>Brings a stage to Slurm as a job, once: a job that is there already, or that got there although sbatch failed, is taken up.</summary>
internal sealed class JobSubmission(SlurmSettings settings, JobProgram program, SlurmPlace place, PlanFolder plans, JobQueue queue, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>Looks for a job of an earlier front end that is not about to end.</summary>
    public async Task<long?> FindAsync(StageJob job)
    {
        var jobs = await queue.LookAsync();
        return jobs.FirstOrDefault(queued => place.IsOf(job, queued.Comment) && queued is { HasEnded: false, IsEnding: false })?.Id;
    }

    /// <returns>The job's number.</returns>
    /// <exception cref="SlurmException">Slurm refuses it, or cannot be reached.</exception>
    public async Task<long> SubmitAsync(StageJob job, int attempt, StageVoice voice, CancellationToken cancellation)
    {
        var order = new JobOrder(job.Stage.Id.Value, job.Key, job.IsForced, attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(place.OutputPattern(job))!);
        var variables = new Dictionary<string, string>(program.Variables) { [program.Plan.Variable] = await plans.KeepAsync() };
        for (var trial = 1; ; trial++)
            try
            {
                return Number(await SlurmCommand.RunAsync("sbatch", Words(job), program.Script(order), variables));
            }
            catch (SlurmException fault) when (fault.IsTransient && trial < Tries)
            {
                voice.Log($"{fault.Message}; trying again");
                await Task.Delay(TimeSpan.FromSeconds(settings.PollSeconds * (1 + trial)), clock, cancellation);
                if (await FindAsync(job) is { } arrived)
                    return arrived;
            }
    }

    /// <summary>Requeueing is left to the engine, which counts: Slurm would do it without end, and not for a job that left by itself.</summary>
    private IEnumerable<string> Words(StageJob job) =>
    [
        "--parsable",
        "--export=ALL",
        $"--job-name=tmrvc-{job.Stage.Id}",
        $"--comment={place.Mark(job)} {program.Plan.Name}",
        $"--chdir={program.Root}",
        $"--output={place.OutputPattern(job)}",
        "--open-mode=append",
        "--nodes=1",
        "--ntasks=1",
        "--no-requeue",
        $"--signal=B:USR1@{settings.WarningSeconds.ToString(CultureInfo.InvariantCulture)}",
        .. settings.Classes[ResourceClasses.Of(job.Stage)].Words(),
    ];

    /// <param name="printed">NUMBER, or NUMBER;CLUSTER.</param>
    private static long Number(string printed) => long.Parse(printed.Trim().Split(';')[0], CultureInfo.InvariantCulture);
}
