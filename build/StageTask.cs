using Cake.Frosting;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>
/// A task that stands for the stage of the same name. The engine runs stages side by side; each task waits for its own, so that
/// Cake's order, output and failures are those of the graph. A stage that the profile leaves out is skipped.
/// </summary>
public abstract class StageTask : AsyncFrostingTask<BuildContext>
{
    public StageId Stage => new(GetType().Name);

    public override bool ShouldRun(BuildContext context) => context.Stages.Contains(Stage);

    /// <exception cref="StageFailedException">The stage failed, was blocked or interrupted, or its gate did not pass.</exception>
    public override Task RunAsync(BuildContext context) => context.Faults.TellingAsync(() => context.Stages.SettleAsync(Stage));
}
