using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Carries a run from the plan to the end. Approach: one loop owns all states. Each round settles every waiting stage whose producers
/// have settled and which needs no work, starts those that need work and fit into the machine, then waits for one of the running to
/// end. Stages run elsewhere and report back; they never touch a state.
/// </summary>
internal sealed class Scheduler(
    Workshop shop,
    IReadOnlyList<Stage> stages,
    Planner planner,
    RunOptions options,
    ObserverTurn turn,
    GraphRun run,
    CancellationToken cancellation)
{
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(30);

    private readonly StageStates _states = new(stages.Select(stage => stage.Id), turn);
    private readonly ResourcePool _resources = new(shop.Options.Machine, options.Jobs);
    private readonly Dictionary<StageId, StageOutcome> _outcomes = [];
    private readonly Dictionary<Task<ExecutionResult>, Started> _running = [];
    private readonly HashSet<StageId> _touched = [];
    private readonly TimeProvider _clock = shop.Options.Clock;
    private List<Stage> _waiting = [.. stages];
    private StageId? _firstFailure;
    private long _saved = shop.Options.Clock.GetTimestamp();

    private sealed record Started(Decision Decision, StageResources Share, DateTimeOffset At, long Timestamp);

    public async Task<IReadOnlyList<StageOutcome>> RunAsync()
    {
        do
        {
            _waiting = [.. _waiting.Where(stage => !Advance(stage))];
            if (_running.Count > 0)
                End(await Task.WhenAny(_running.Keys));
        }
        while (_waiting.Count > 0 || _running.Count > 0);
        return [.. stages.Select(stage => _outcomes[stage.Id])];
    }

    /// <returns>True when the stage is no longer waiting.</returns>
    private bool Advance(Stage stage)
    {
        StageId[] producers = [.. StageGraph.Producers(stage)];
        if (!producers.All(producer => _states[producer].IsSettled()))
            return false;
        if (LostProducer(producers) is { } lost)
            return Settle(stage, lost.State, lost.Reason);
        if (producers.Any(_touched.Contains) && _touched.Add(stage.Id))
            planner.Decide(stage);
        var decision = planner[stage.Id];
        return decision.State switch
        {
            PlannedState.Blocked => Settle(stage, StageState.Blocked, decision.Reason),
            PlannedState.Fresh => SettleFresh(decision),
            _ when cancellation.IsCancellationRequested => Settle(stage, StageState.Interrupted, "not started: the run was interrupted"),
            _ when _firstFailure is { } failed && !options.KeepGoing =>
                Settle(stage, StageState.Blocked, $"not started: {failed} failed and --keep-going was not given"),
            _ => TryStart(decision),
        };
    }

    private (StageState State, string Reason)? LostProducer(StageId[] producers)
    {
        foreach (var producer in producers.Where(producer => !_states[producer].HasOutputs()))
            return _states[producer] switch
            {
                StageState.Interrupted => (StageState.Interrupted, $"needs {producer}, which was interrupted"),
                StageState.Failed => (StageState.Blocked, $"needs {producer}, which failed"),
                _ => (StageState.Blocked, $"needs {producer}, which is blocked"),
            };
        return null;
    }

    private bool TryStart(Decision decision)
    {
        if (_resources.TryTake(decision.Stage.Resources) is not { } share)
            return false;
        _states.Set(decision.Stage.Id, StageState.Running, decision.Reason);
        var execution = new StageExecution(shop, turn, options);
        _running.Add(
            Task.Run(() => execution.RunAsync(decision, cancellation), CancellationToken.None),
            new Started(decision, share, _clock.GetUtcNow(), _clock.GetTimestamp()));
        return true;
    }

    private void End(Task<ExecutionResult> finished)
    {
        _running.Remove(finished, out var started);
        _resources.Return(started!.Share);
        var result = finished.GetAwaiter().GetResult();
        var stage = started.Decision.Stage;
        _touched.Add(stage.Id);
        if (result.State == StageState.Failed)
            _firstFailure ??= stage.Id;
        if (result.Record is { } record)
            planner.Settled(stage, record);
        Settle(stage, result.State, result.Reason, result.Record, started.At, _clock.GetElapsedTime(started.Timestamp));
        SaveIndexNowAndThen();
    }

    /// <summary>A long run that is killed shall not have hashed its inputs and outputs for nothing.</summary>
    private void SaveIndexNowAndThen()
    {
        if (_clock.GetElapsedTime(_saved) < BetweenSaves)
            return;
        shop.SaveIndex();
        _saved = _clock.GetTimestamp();
    }

    /// <summary>What is fresh stays so, whether its lock file can be brought up to date or not.</summary>
    private bool SettleFresh(Decision decision)
    {
        var (stage, record) = (decision.Stage, decision.Record!);
        try
        {
            if (!options.IsTrial)
                shop.Locks.Write(record);
        }
        catch (StorageException fault)
        {
            turn.Log(stage.Id, $"its lock file is out of date and cannot be written: {fault.Message}");
        }
        return Settle(stage, StageExecution.Settled(record, StageState.Fresh), decision.Reason, record);
    }

    private bool Settle(
        Stage stage, StageState state, string reason, ActionRecord? record = null, DateTimeOffset? at = null, TimeSpan took = default)
    {
        var outcome = new StageOutcome(stage.Id, state, reason, at, took, Outputs(stage, record), record);
        _outcomes[stage.Id] = outcome;
        if (record is not null)
            shop.Store.Records.Use(record.Key, _clock.GetUtcNow());
        _states.Set(stage.Id, state, reason);
        run.Settle(outcome);
        return true;
    }

    private IReadOnlyList<StageOutput> Outputs(Stage stage, ActionRecord? record)
    {
        if (record is null)
            return [];
        var set = new EntrySet(record.Outputs);
        var folder = shop.Store.FolderOf(set);
        return
        [
            .. stage.Outputs.Select(name =>
                new StageOutput(name, Path.Combine(folder, name), set.Entries.First(entry => entry.Name == name))),
        ];
    }
}
