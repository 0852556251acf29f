using Cake.Core.Diagnostics;
using Tmrvc.Build.Services;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>Tells what a task threw, once and in our words: Cake's own would name the task and print a stack.</summary>
public sealed class TaskFaults(Workplace workplace, Verbosity verbosity)
{
    private readonly HashSet<Exception> _told = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether anything was thrown, told here or before.</summary>
    public bool Any { get; private set; }

    /// <summary>Whether what was thrown is a mistake of the request that only its target could find.</summary>
    public bool IsUsage { get; private set; }

    /// <summary>Does the work of a task; what it throws is told and thrown on.</summary>
    public async Task TellingAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            Tell(fault);
            throw;
        }
    }

    /// <summary>Tells it, unless it has been told.</summary>
    public void Tell(Exception fault)
    {
        Any = true;
        IsUsage |= fault is UsageException;
        if (!_told.Add(fault))
            return;
        foreach (var line in Lines(fault))
            workplace.Errors.WriteLine(line);
        if (verbosity == Verbosity.Diagnostic)
            workplace.Errors.WriteLine(fault);
    }

    /// <summary>What failed while it ran has told so itself; what could not run at all has not.</summary>
    private static IEnumerable<string> Lines(Exception fault) => fault switch
    {
        StageFailedException { Outcome: { State: StageState.Blocked } blocked } => [$"[{blocked.Stage}] cannot run: {blocked.Reason}"],
        StageFailedException or ServiceFailedException => [],
        _ => FaultText.Of(fault).Lines,
    };
}
