namespace Tmrvc.BuildGraph;

/// <summary>A run under way.</summary>
public sealed class GraphRun
{
    private readonly IReadOnlyDictionary<StageId, TaskCompletionSource<StageOutcome>> _completions;

    internal GraphRun(IEnumerable<StageId> stages, Func<GraphRun, Task<RunSummary>> loop)
    {
        _completions = stages.ToDictionary(
            stage => stage, _ => new TaskCompletionSource<StageOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        Finished = loop(this);
    }

    /// <summary>Completes when everything has settled. Failures of stages are in the summary; a store that cannot be used at all throws.</summary>
    public Task<RunSummary> Finished { get; }

    /// <summary>Completes when the stage has settled, in whatever state; it never throws for a failure of the stage.</summary>
    /// <exception cref="ArgumentException">The stage is not part of this run.</exception>
    public Task<StageOutcome> Completion(StageId stage) =>
        _completions.TryGetValue(stage, out var completion)
            ? completion.Task
            : throw new ArgumentException($"Stage {stage}: not part of this run.", nameof(stage));

    internal void Settle(StageOutcome outcome) => _completions[outcome.Stage].SetResult(outcome);

    internal void Abandon(Exception defect)
    {
        foreach (var completion in _completions.Values)
            completion.TrySetException(defect);
    }
}
