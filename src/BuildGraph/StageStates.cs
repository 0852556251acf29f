namespace Tmrvc.BuildGraph;

/// <summary>The state of every stage of a run, and the one place that changes it.</summary>
internal sealed class StageStates(IEnumerable<StageId> stages, IRunObserver observer)
{
    private readonly Dictionary<StageId, StageState> _states = stages.ToDictionary(stage => stage, _ => StageState.Waiting);
    private readonly Lock _turn = new();

    public StageState this[StageId stage] => _states[stage];

    /// <summary>Waiting → Running → settled, or Waiting → settled; nothing leaves a settled state.</summary>
    public void Set(StageId stage, StageState state, string reason)
    {
        var current = _states[stage];
        var allowed = current switch
        {
            StageState.Waiting => state != StageState.Waiting,
            StageState.Running => state.IsSettled(),
            _ => false,
        };
        if (!allowed)
            throw new InvalidOperationException($"Stage {stage}: {current} cannot become {state}.");
        _states[stage] = state;
        Observe(watcher => watcher.StateChanged(stage, state, reason));
    }

    /// <summary>Lets the observer see one thing at a time.</summary>
    public void Observe(Action<IRunObserver> see)
    {
        lock (_turn)
            see(observer);
    }
}
