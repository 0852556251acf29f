using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Decides what is stale and runs it. Several engines, in one process or many, may work on one checkout at once: no key runs twice.
/// </summary>
public sealed class Engine(StageGraph graph, EngineOptions options)
{
    private readonly Workshop _shop = new(options, graph.Confined);

    public StageGraph Graph { get; } = graph;

    public EngineOptions Options { get; } = options;

    /// <summary>What a run of the targets would do. Nothing runs and nothing is written but the stat index.</summary>
    /// <exception cref="GraphException">A target or a forced stage is unknown.</exception>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public Plan Plan(IReadOnlyCollection<StageId> targets, Force force) => Plan(targets, RunOptions.Default with { Force = force });

    /// <summary>The same for a run with these options: forced, frozen or neither.</summary>
    /// <exception cref="GraphException">A target or a forced stage is unknown.</exception>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public Plan Plan(IReadOnlyCollection<StageId> targets, RunOptions options)
    {
        var stages = Needed(targets, options.Force);
        var planner = new EngineRun(_shop, stages, targets, options).Decide(CancellationToken.None);
        var demand = Demand.Of(stages, targets, planner);
        return new Plan([.. stages.Select(stage => PlanView.Of(planner[stage.Id], demand.Includes(planner[stage.Id]), options, _shop))]);
    }

    /// <summary>
    /// Starts a run of the targets and of what they need, and returns at once. Cancelling it interrupts running stages, which may
    /// save first, and starts no others.
    /// </summary>
    /// <exception cref="GraphException">A target or a forced stage is unknown.</exception>
    public GraphRun Start(
        IReadOnlyCollection<StageId> targets, RunOptions options, IRunObserver observer, CancellationToken cancellation = default)
    {
        var stages = Needed(targets, options.Force);
        return new GraphRun(
            stages.Select(stage => stage.Id),
            run => Task.Run(() => RunAsync(new EngineRun(_shop, stages, targets, options), observer, run, cancellation), CancellationToken.None));
    }

    /// <summary>Restores everything the profile's lock files name, from the shared store where it is not here.</summary>
    /// <exception cref="OperationCanceledException"/>
    public async Task<TransferSummary> PullAsync(IRunObserver observer, CancellationToken cancellation = default)
    {
        using var use = await UseStoreAsync(observer, Graph.Stages, cancellation);
        return await new LockedTransfers(_shop, observer).PullAsync(cancellation);
    }

    /// <summary>Brings everything finished here that the profile's lock files name to the shared store.</summary>
    /// <exception cref="InvalidOperationException">There is no shared store.</exception>
    /// <exception cref="OperationCanceledException"/>
    public async Task<TransferSummary> PushAsync(IRunObserver observer, CancellationToken cancellation = default)
    {
        using var use = await UseStoreAsync(observer, Graph.Stages, cancellation);
        return await new LockedTransfers(_shop, observer).PushAsync(cancellation);
    }

    /// <summary>Results that lock files of any revision name, found here or in the shared store.</summary>
    public Recall Recall => new(_shop);

    private async Task<RunSummary> RunAsync(
        EngineRun engineRun, IRunObserver observer, GraphRun run, CancellationToken cancellation)
    {
        try
        {
            using var use = await UseStoreAsync(observer, engineRun.Stages, cancellation);
            return await engineRun.RunAsync(observer, run, cancellation);
        }
        catch (Exception defect)
        {
            run.Abandon(defect);
            throw;
        }
    }

    private Task<StoreUse> UseStoreAsync(IRunObserver observer, IReadOnlyList<Stage> stages, CancellationToken cancellation)
    {
        void Waiting() => observer.Logged(stages[0].Id, "waits for CacheGc, which is cleaning up the store");
        return _shop.Store.UseAsync(Waiting, Options.Clock, cancellation);
    }

    private IReadOnlyList<Stage> Needed(IReadOnlyCollection<StageId> targets, Force force)
    {
        Graph.RequireKnown(targets.Concat(force.Named));
        return Graph.Needed(targets);
    }
}
