namespace Tmrvc.BuildGraph;

/// <summary>
/// Carries a run from the plan to the end. Approach: one loop owns all states; activities go on elsewhere and report back, and never
/// touch a state. Each round goes over the unsettled stages, producers first, and looks at those whose producers have settled or are
/// parked. Parked is a stage whose outputs can be restored but are not needed here: its consumers can be decided by its record, and it
/// settles as cached when they all have settled. A stage that has to run demands what it reads, which takes parked producers out of
/// parking; when those are in place and the machine has room, it claims its key and works. A restoration that finds its content lost
/// puts its stage back to waiting, to run like any other and to make its own demands.
/// </summary>
internal sealed class Scheduler(
    IReadOnlyList<Stage> stages,
    Demand demand,
    Planner planner,
    StageStates states,
    Settlements settlements,
    Activities activities,
    RunOptions options,
    CancellationToken cancellation)
{
    private readonly List<Stage> _unsettled = [.. stages];
    private readonly HashSet<StageId> _outdated = [];
    private StageId? _firstFailure;
    private bool _progressed;

    /// <summary>Returns when every stage has settled.</summary>
    public async Task RunAsync()
    {
        do
        {
            while (Round())
            {
            }
            if (activities.Any)
                Take(await activities.NextAsync());
            else if (_unsettled.Count > 0)
                throw new InvalidOperationException($"Stage {_unsettled[0].Id} waits for nothing.");
        }
        while (_unsettled.Count > 0);
    }

    /// <returns>Whether another round may find something to do.</returns>
    private bool Round()
    {
        _progressed = false;
        foreach (var stage in _unsettled)
            if (states[stage.Id] == StageState.Waiting && !activities.Includes(stage.Id) && demand.ProducersOf(stage.Id).All(IsKnown))
                Advance(stage);
        for (var index = _unsettled.Count - 1; index >= 0; index--)
            if (IsParked(_unsettled[index].Id) && demand.ConsumersOf(_unsettled[index].Id).All(consumer => states[consumer].IsSettled()))
                settlements.SettleKnown(planner[_unsettled[index].Id], StageState.Cached);
        return _unsettled.RemoveAll(stage => states[stage.Id].IsSettled()) > 0 || _progressed;
    }

    /// <summary>Whether the stage's outputs are decided, be they here or not.</summary>
    private bool IsKnown(StageId stage) =>
        states[stage].IsSettled() || (planner[stage].State == PlannedState.Restore && !_outdated.Contains(stage));

    private bool IsParked(StageId stage) => states[stage] == StageState.Waiting && !activities.Includes(stage) &&
        planner[stage].State == PlannedState.Restore && !_outdated.Contains(stage) && !demand.Includes(planner[stage]);

    private void Advance(Stage stage)
    {
        if (LostProducer(stage.Id) is { } lost)
        {
            settlements.Settle(stage, lost.State, lost.Reason);
            return;
        }
        if (_outdated.Contains(stage.Id))
            Decide(stage);
        var decision = planner[stage.Id];
        if (decision.State == PlannedState.Fresh)
            settlements.SettleKnown(decision, StageState.Fresh);
        else if (decision is { State: PlannedState.Blocked, Judgement.Unasked: false })
            settlements.Settle(stage, StageState.Blocked, decision.Reason);
        else if (decision.State == PlannedState.Restore && !demand.Includes(decision))
            return;
        else if (cancellation.IsCancellationRequested)
            settlements.Settle(stage, StageState.Interrupted, "not started: the run was interrupted");
        else if (_firstFailure is { } failed && !options.KeepGoing)
            settlements.Settle(stage, StageState.Blocked, $"not started: {failed} failed and --keep-going was not given");
        else
            Begin(decision);
    }

    private (StageState State, string Reason)? LostProducer(StageId stage)
    {
        foreach (var producer in demand.ProducersOf(stage))
            switch (states[producer])
            {
                case StageState.Interrupted:
                    return (StageState.Interrupted, $"needs {producer}, which was interrupted");
                case StageState.Failed:
                    return (StageState.Blocked, $"needs {producer}, which failed");
                case StageState.Blocked:
                    return (StageState.Blocked, $"needs {producer}, which is blocked");
            }
        return null;
    }

    /// <summary>Consumers have been decided by what this stage was; they are decided again in their turn.</summary>
    private void Decide(Stage stage)
    {
        _outdated.Remove(stage.Id);
        planner.Decide(stage);
        Outdate(demand.ConsumersOf(stage.Id));
    }

    private void Outdate(IEnumerable<StageId> consumers)
    {
        _outdated.UnionWith(consumers.Where(consumer => !states[consumer].IsSettled()));
        _progressed = true;
    }

    private void Begin(Decision decision)
    {
        if (decision.Judgement.Unasked)
            activities.BeginAsking(decision);
        else if (decision.State == PlannedState.Restore)
        {
            if (activities.TryBeginRestoring(decision))
                states.Set(decision.Stage.Id, StageState.Restoring, decision.Reason);
        }
        else if (options.Only is { } only && (decision.Stage.Id != only.Stage || decision.Key != only.Key))
            settlements.Settle(decision.Stage, StageState.Blocked, Words.NotAsked(decision, only));
        else if (demand.Raise(decision.Stage))
            _progressed = true;
        else if (Demand.ReadBy(decision.Stage).All(producer => states[producer].HasOutputs()))
            BeginRunning(decision);
    }

    private void BeginRunning(Decision decision)
    {
        if (!activities.IsDelegated(decision.Stage))
            activities.TryBeginClaiming(decision);
        else if (activities.TryBeginDelegating(decision))
            states.Set(decision.Stage.Id, StageState.Running, decision.Reason);
    }

    private void Take((Activity Activity, Report Report) ended)
    {
        var (decision, stage) = (ended.Activity.Decision, ended.Activity.Decision.Stage);
        switch (ended.Report)
        {
            case Report.DecideAgain:
                Decide(stage);
                break;
            case Report.BusyHere:
                activities.BeginWaitingHere(decision);
                break;
            case Report.BusyElsewhere:
                activities.BeginWaitingElsewhere(decision);
                break;
            case Report.Claimed claimed:
                states.Set(stage.Id, StageState.Running, decision.Reason);
                activities.BeginWorking(decision, claimed.Claim);
                break;
            case Report.Lost lost:
                states.Set(stage.Id, StageState.Waiting, lost.Reason);
                planner.Lost(stage, lost.Reason);
                break;
            case Report.Ended { Result: var result }:
                End(ended.Activity, result);
                break;
        }
    }

    private void End(Activity activity, ExecutionResult result)
    {
        var (decision, stage) = (activity.Decision, activity.Decision.Stage);
        if (result.State == StageState.Failed)
            _firstFailure ??= stage.Id;
        if (result.Record is { } record)
        {
            if (decision.Record is not { } expected || decision.Outputs is null || !Precedence.SameOutputs(expected, record))
                Outdate(demand.ConsumersOf(stage.Id));
            planner.Settled(stage, record);
        }
        settlements.SettleEnded(activity, result);
    }
}
