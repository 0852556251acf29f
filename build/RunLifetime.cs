using Cake.Core;
using Cake.Frosting;

namespace Tmrvc.Build;

/// <summary>Starts the stages before the first task and waits for all of them after the last.</summary>
public sealed class RunLifetime : FrostingLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ISetupContext info) =>
        context.Faults.TellingAsync(() => Task.Run(context.Stages.Start)).GetAwaiter().GetResult();

    public override void Teardown(BuildContext context, ITeardownContext info)
    {
        try
        {
            context.Stages.FinishAsync().GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            context.Faults.Tell(fault);
            if (info.ThrownException is null)
                throw;
        }
    }
}
