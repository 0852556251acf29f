using Cake.Core;
using Cake.Frosting;

namespace Tmrvc.Build;

/// <summary>What every task receives: Cake's context, the run of the stages, and where the front door works.</summary>
public sealed class BuildContext(ICakeContext context, StageRunner stages, Workplace workplace) : FrostingContext(context)
{
    public StageRunner Stages { get; } = stages;

    public Workplace Workplace { get; } = workplace;
}
