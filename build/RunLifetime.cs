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
        catch (Exception) when (info.ThrownException is not null)
        {
            // A run that broke down has told so through the task that waited for it.
        }
        catch (Exception fault)
        {
            context.Faults.Tell(fault);
            throw;
        }
    }
}
