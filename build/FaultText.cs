using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>What a person is told of an exception, and the exit code that goes with it. Stacks are shown by <c>--verbosity=diagnostic</c> alone.</summary>
internal static class FaultText
{
    public static (int Code, IReadOnlyList<string> Lines) Of(Exception fault) => fault switch
    {
        UsageException usage => (ExitCode.Usage, usage.Mistakes),
        GraphException graph => (ExitCode.Usage, graph.Mistakes),
        GitException => (ExitCode.Failed, [$"{fault.Message}. Lock files of all branches are read with git: run this in a clone."]),
        StorageException or SharedStoreException => (ExitCode.Failed, [fault.Message]),
        OperationCanceledException => (ExitCode.Preempted, ["interrupted; the same command goes on from here"]),
        _ when StorageException.Concerns(fault) => (ExitCode.Failed, [$"{fault.Message} (--verbosity=diagnostic shows where)"]),
        _ => (ExitCode.Failed, [$"{fault.GetType().Name}: {fault.Message} (a defect of this program; --verbosity=diagnostic shows where)"]),
    };
}
