using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>One run of the engine for the targets of this process. The run starts with the first task and ends after the last.</summary>
public sealed class StageRunner(
    Engine engine, IReadOnlyList<StageId> targets, RunOptions options, IRunObserver observer, CancellationToken cancellation)
{
    private GraphRun? _run;

    public CancellationToken Cancellation => cancellation;

    /// <summary>How the run ended; null while it has not.</summary>
    public RunSummary? Summary { get; private set; }

    public bool Contains(StageId stage) => engine.Graph.Contains(stage);

    /// <summary>Does nothing when no target is a stage.</summary>
    public void Start()
    {
        if (targets.Count > 0)
            _run = engine.Start(targets, options, observer, cancellation);
    }

    /// <summary>Waits until the stage has settled.</summary>
    /// <exception cref="StageFailedException">It has no outputs, or its gate did not pass.</exception>
    public async Task SettleAsync(StageId stage)
    {
        var run = _run ?? throw new InvalidOperationException($"Stage {stage}: awaited before the run was started.");
        var outcome = await run.Completion(stage);
        if (!outcome.State.IsGood())
            throw new StageFailedException(outcome);
    }

    /// <summary>Waits for everything still running, also after a failure.</summary>
    public async Task FinishAsync() => Summary = _run is null ? null : await _run.Finished;
}
