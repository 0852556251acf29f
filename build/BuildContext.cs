using Cake.Core;
using Cake.Frosting;

namespace Tmrvc.Build;

/// <summary>What every task receives: Cake's context, the run of the stages, what was asked for, and who tells what went wrong.</summary>
public sealed class BuildContext(ICakeContext context, StageRunner stages, Session session, TaskFaults faults) : FrostingContext(context)
{
    public StageRunner Stages { get; } = stages;

    public Session Session { get; } = session;

    public TaskFaults Faults { get; } = faults;
}
