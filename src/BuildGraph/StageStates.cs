namespace Tmrvc.BuildGraph;

/// <summary>The state of every stage of a run, and the one place that changes it.</summary>
internal sealed class StageStates(IEnumerable<StageId> stages, ObserverTurn turn)
{
    private readonly Dictionary<StageId, StageState> _states = stages.ToDictionary(stage => stage, _ => StageState.Waiting);

    public StageState this[StageId stage] => _states[stage];

    /// <summary>
    /// Waiting → Running → settled, Waiting → Restoring → settled, or Waiting → settled; Restoring → Waiting when what was to be
    /// restored is lost. Nothing leaves a settled state.
    /// </summary>
    public void Set(StageId stage, StageState state, string reason)
    {
        var current = _states[stage];
        var allowed = current switch
        {
            StageState.Waiting => state != StageState.Waiting,
            StageState.Restoring => state == StageState.Waiting || state.IsSettled(),
            StageState.Running => state.IsSettled(),
            _ => false,
        };
        if (!allowed)
            throw new InvalidOperationException($"Stage {stage}: {current} cannot become {state}.");
        _states[stage] = state;
        turn.Observe(watcher => watcher.StateChanged(stage, state, reason));
    }
}
