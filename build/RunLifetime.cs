using Cake.Core;
using Cake.Frosting;

namespace Tmrvc.Build;

/// <summary>Starts the stages before the first task and waits for all of them after the last.</summary>
public sealed class RunLifetime : FrostingLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ISetupContext info) => context.Stages.Start();

    public override void Teardown(BuildContext context, ITeardownContext info) => context.Stages.FinishAsync().GetAwaiter().GetResult();
}
