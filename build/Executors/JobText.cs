using System.Globalization;
using Tmrvc.Slurm;

namespace Tmrvc.Build.Executors;

/// <summary>What a run says of its jobs at the end.</summary>
internal static class JobText
{
    /// <param name="jobs">At least one.</param>
    public static string Of(IReadOnlyCollection<JobOverhead> jobs) => string.Create(CultureInfo.InvariantCulture,
        $"{(jobs.Count == 1 ? "1 job" : $"{jobs.Count} jobs")}: {Seconds(jobs, job => job.ToStart)} from submission to start, {Seconds(jobs, job => job.ToWork)} from there to work, {Seconds(jobs, job => job.ToNotice)} from the end to here");

    private static string Seconds(IReadOnlyCollection<JobOverhead> jobs, Func<JobOverhead, TimeSpan> part)
    {
        var seconds = jobs.Select(job => part(job).TotalSeconds).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{seconds.Average():0.0} s (at most {seconds.Max():0.0})");
    }
}
