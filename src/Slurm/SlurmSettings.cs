using Tmrvc.Configuration;

namespace Tmrvc.Slurm;

/// <summary>How stages become jobs. None of it reaches a key.</summary>
public sealed record SlurmSettings : IValidated
{
    /// <summary>What is asked for by resource class (<see cref="ResourceClasses"/>). Stages of a class without an entry run in the front end.</summary>
    public IReadOnlyDictionary<string, JobClass> Classes { get; init; } = new Dictionary<string, JobClass>();

    /// <summary>Between two looks at the queue, for all jobs together; well below the time after which Slurm forgets an ended job (MinJobAge).</summary>
    public double PollSeconds { get; init; } = 5;

    /// <summary>A controller that does not answer for so long ends the run; its jobs go on, and the next run finds them.</summary>
    public double PatienceSeconds { get; init; } = 900;

    /// <summary>How often a stage is submitted again in one run when its job was preempted, ran out of time or lost its node.</summary>
    public int Resubmissions { get; init; } = 20;

    /// <summary>So long before its time limit a job is told to save and leave (SIGUSR1); Slurm may do so a minute earlier.</summary>
    public int WarningSeconds { get; init; } = 120;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var name in Classes.Keys.Except(ResourceClasses.All))
            yield return ($"classes.{name}", $"unknown resource class; {ClosestName.Advice(name, ResourceClasses.All)}");
        if (PollSeconds is not (>= 0.05 and <= 120))
            yield return ("poll_seconds", $"found {PollSeconds}; from 0.05 to 120 is allowed");
        if (PatienceSeconds < 0)
            yield return ("patience_seconds", $"found {PatienceSeconds}; 0 or more is allowed");
        if (Resubmissions < 0)
            yield return ("resubmissions", $"found {Resubmissions}; 0 or more is allowed");
        if (WarningSeconds is < 0 or > 65535)
            yield return ("warning_seconds", $"found {WarningSeconds}; from 0 to 65535 is allowed");
    }
}
