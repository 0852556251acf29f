using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// What goes on beside the scheduler's loop, one activity per stage: asking, claiming, working, restoring, resting. An activity never
/// throws: what goes wrong becomes its report.
/// </summary>
internal sealed class Activities(
    Workshop shop, Planner planner, KnownRecords records, ObserverTurn turn, RunOptions options, GracePeriod grace, Spending spending)
{
    private static readonly StageResources Nothing = new() { Cores = 0 };
    private static readonly StageResources Restoring = new() { Cores = 0, NetworkSlots = 1 };

    private readonly Dictionary<Task<Report>, Activity> _active = [];
    private readonly HashSet<StageId> _stages = [];
    private readonly HashSet<string> _toldToWait = [];
    private readonly ResourcePool _resources = new(shop.Options.Machine, options.Jobs);
    private readonly TimeProvider _clock = shop.Options.Clock;
    private readonly CancellationToken _cancellation = spending.Cancellation;

    public bool Any => _active.Count > 0;

    public bool Includes(StageId stage) => _stages.Contains(stage);

    public void BeginAsking(Decision decision) => Begin(decision, null, async () =>
    {
        await planner.AskAsync(decision.Stage, _cancellation);
        return new Report.DecideAgain();
    });

    /// <returns>False when the machine has no room now.</returns>
    public bool TryBeginRestoring(Decision decision) => TryBegin(decision, Restoring, () =>
        new StageRestore(shop, turn).RestoreAsync(decision, records, mayRun: !options.Frozen, _cancellation));

    /// <returns>False when the machine has no room now.</returns>
    public bool TryBeginClaiming(Decision decision) => TryBegin(decision, decision.Stage.Resources, () =>
        new Claims(shop, records, turn, options.Force).TakeAsync(decision, _cancellation));

    /// <summary>Follows the claim at once, so there is room.</summary>
    public void BeginWorking(Decision decision, Claim claim) => TryBegin(decision, decision.Stage.Resources, async () =>
    {
        using var meter = spending.Here(shop.Options.Price(decision.Stage).Rate);
        meter.Start();
        return await new StageExecution(shop, turn, options, grace).RunAsync(decision, claim, _cancellation);
    });

    public bool IsDelegated(Stage stage) => options.Executor?.Takes(stage) == true;

    /// <summary>Takes nothing of the machine but one of the jobs that may be under way.</summary>
    /// <returns>False when there are as many already.</returns>
    public bool TryBeginDelegating(Decision decision) => TryBegin(decision, Nothing, async () =>
    {
        using var meter = spending.Elsewhere(shop.Options.Price(decision.Stage).Rate);
        return await new Delegation(shop, options.Executor!, records, turn, meter, options).RunAsync(decision, _cancellation);
    });

    /// <summary>Takes nothing of the machine while another process is at work on the key.</summary>
    public void BeginWaitingHere(Decision decision)
    {
        TellToWait(decision, "another process");
        Begin(decision, null, async () =>
        {
            using var free = await Lease.TakeAsync(shop.Store.LeasePath(decision.Key!.Value), () => { }, _clock, _cancellation);
            return new Report.DecideAgain();
        });
    }

    /// <summary>Takes nothing of the machine while another machine is at work on the key; then asks whether it has finished.</summary>
    public void BeginWaitingElsewhere(Decision decision)
    {
        TellToWait(decision, "another machine");
        Begin(decision, null, async () =>
        {
            await Task.Delay(shop.Options.SharingPace.Poll, _clock, _cancellation);
            records.Forget(decision.Key!.Value);
            return new Report.DecideAgain();
        });
    }

    private void TellToWait(Decision decision, string who)
    {
        if (_toldToWait.Add($"{decision.Stage.Id} {who}"))
            turn.Log(decision.Stage.Id, $"waits for {who} that is running it");
    }

    /// <summary>Waits for one to end; what it held of the machine is free again.</summary>
    public async Task<(Activity Activity, Report Report)> NextAsync()
    {
        var ended = await Task.WhenAny(_active.Keys);
        _active.Remove(ended, out var activity);
        _stages.Remove(activity!.Decision.Stage.Id);
        if (activity.Share is { } share)
            _resources.Return(share);
        return (activity, await ended);
    }

    private bool TryBegin(Decision decision, StageResources wish, Func<Task<Report>> act)
    {
        if (_resources.TryTake(wish) is not { } share)
            return false;
        Begin(decision, share, act);
        return true;
    }

    private void Begin(Decision decision, StageResources? share, Func<Task<Report>> act)
    {
        _stages.Add(decision.Stage.Id);
        _active.Add(
            Task.Run(() => ReportAsync(decision, act), CancellationToken.None),
            new Activity(decision, share, _clock.GetUtcNow(), _clock.GetTimestamp()));
    }

    private async Task<Report> ReportAsync(Decision decision, Func<Task<Report>> act)
    {
        try
        {
            return await act();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return Ended(StageState.Interrupted, "interrupted; the next run goes on from here");
        }
        catch (Exception cause)
        {
            var folder = decision.Key is { } key ? shop.Runs.Of(decision.Stage.Id, key) : shop.Options.Root;
            var reason = StageFailure.Of(decision.Stage.Id, cause, folder).Message;
            if (decision.Key is not null)
                StageLog.Add(folder, shop.Options.Redact($"{reason}\n{cause}"));
            return Ended(StageState.Failed, reason, cause);
        }
    }

    private static Report.Ended Ended(StageState state, string reason, Exception? fault = null) =>
        new(new ExecutionResult(state, reason, null) { Fault = fault });
}

/// <param name="Share">What it holds of the machine; null for nothing.</param>
internal sealed record Activity(Decision Decision, StageResources? Share, DateTimeOffset Started, long Timestamp);
