using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Ends stages: their state, their outcome, and what is kept and passed on of a result.</summary>
internal sealed class Settlements(
    Workshop shop, StageStates states, KnownRecords records, PushQueue? pushes, RunOptions options, ObserverTurn turn, GraphRun run)
{
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(30);

    private readonly Dictionary<StageId, StageOutcome> _outcomes = [];
    private readonly TimeProvider _clock = shop.Options.Clock;
    private long _saved = shop.Options.Clock.GetTimestamp();

    public StageOutcome this[StageId stage] => _outcomes[stage];

    /// <summary>Without a result.</summary>
    public void Settle(Stage stage, StageState state, string reason) =>
        Settle(new StageOutcome(stage.Id, state, reason, null, TimeSpan.Zero, [], null));

    /// <summary>With a result that an earlier run or another machine has made, wherever its bytes are.</summary>
    public void SettleKnown(Decision decision, StageState state)
    {
        var (stage, record) = (decision.Stage, decision.Record!);
        Keep(stage, record);
        pushes?.Add(stage, record, lease: null);
        var settled = StageStateMeaning.Of(record, state);
        var reason = settled == StageState.Rejected ? Words.Fresh(record) : decision.Reason;
        Settle(new StageOutcome(stage.Id, settled, reason, null, TimeSpan.Zero, Outputs(stage, record), record));
    }

    /// <summary>With what an activity came to.</summary>
    public void SettleEnded(Activity activity, ExecutionResult result)
    {
        var stage = activity.Decision.Stage;
        if (result.Record is { } record)
        {
            if (result.Lease is null)
                Keep(stage, record);
            if (pushes is not null && result.State == StageState.Ran && shop.Confined.ReasonOf(stage.Id) is { } reason)
                turn.Log(stage.Id, $"{Words.Confined(reason)}: it is not pushed");
            pushes?.Add(stage, record, result.Lease);
        }
        var took = _clock.GetElapsedTime(activity.Timestamp);
        var outputs = result.Record is { } made ? Outputs(stage, made) : [];
        Settle(new StageOutcome(stage.Id, result.State, result.Reason, activity.Started, took, outputs, result.Record)
        {
            Downloaded = result.Downloaded,
            Fault = result.Fault,
            Log = activity.Decision.Key is { } key && StageLog.In(shop.Runs.Of(stage.Id, key)) is var log && File.Exists(log) ? log : null,
        });
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

    /// <summary>What is there stays so, whether the notes about it can be brought up to date or not.</summary>
    private void Keep(Stage stage, ActionRecord record)
    {
        try
        {
            records.Keep(record);
            if (!options.IsTrial && !options.Frozen)
                shop.Locks.Write(record);
        }
        catch (StorageException fault)
        {
            turn.Log(stage.Id, $"its lock file is out of date and cannot be written: {fault.Message}");
        }
    }

    private void Settle(StageOutcome outcome)
    {
        _outcomes[outcome.Stage] = outcome;
        if (outcome.Record is { } record)
            shop.Store.Records.Use(record.Key, _clock.GetUtcNow());
        states.Set(outcome.Stage, outcome.State, outcome.Reason);
        run.Settle(outcome);
    }

    private IReadOnlyList<StageOutput> Outputs(Stage stage, ActionRecord record)
    {
        var set = new EntrySet(record.Outputs);
        var folder = shop.Store.FolderOf(set);
        return
        [
            .. stage.Outputs.Select(name =>
                new StageOutput(name, Path.Combine(folder, name), set.Entries.First(entry => entry.Name == name))),
        ];
    }
}
