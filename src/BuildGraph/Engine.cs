namespace Tmrvc.BuildGraph;

/// <summary>
/// Decides what is stale and runs it. Several engines, in one process or many, may work on one checkout at once: no key runs twice.
/// </summary>
public sealed class Engine(StageGraph graph, EngineOptions options)
{
    public StageGraph Graph { get; } = graph;

    public EngineOptions Options { get; } = options;

    /// <summary>What a run of the targets would do. Nothing runs and nothing is written but the stat index.</summary>
    /// <exception cref="GraphException">A target or a forced stage is unknown.</exception>
    public Plan Plan(IReadOnlyCollection<StageId> targets, Force force, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>
    /// Starts a run of the targets and of what they need, and returns at once. Cancelling it interrupts running stages, which may
    /// save first, and starts no others.
    /// </summary>
    /// <exception cref="GraphException">A target or a forced stage is unknown.</exception>
    public GraphRun Start(
        IReadOnlyCollection<StageId> targets, RunOptions options, IRunObserver observer, CancellationToken cancellation = default) =>
        throw new NotSupportedException();
}
