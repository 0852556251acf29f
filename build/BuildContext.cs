using Cake.Core;
using Cake.Frosting;

namespace Tmrvc.Build;

/// <summary>What every task receives: Cake's context, the run of the stages, and what was asked for.</summary>
public sealed class BuildContext(ICakeContext context, StageRunner stages, Session session) : FrostingContext(context)
{
    public StageRunner Stages { get; } = stages;

    public Session Session { get; } = session;
}
