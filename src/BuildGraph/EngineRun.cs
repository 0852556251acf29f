using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Puts together one run of the engine and sums it up.</summary>
internal sealed class EngineRun(Workshop shop, IReadOnlyList<Stage> stages, IReadOnlyCollection<StageId> targets, RunOptions options)
{
    private readonly KnownRecords _records = new(shop);

    public IReadOnlyList<Stage> Stages => stages;

    /// <summary>Everything decided by what is known before anything runs.</summary>
    public Planner Decide(CancellationToken cancellation)
    {
        var availability = new Availability(shop, _records);
        IJudge judge = options.Frozen
            ? new LockJudge(shop, _records, availability)
            : new RecordJudge(_records, availability, options.Force);
        var planner = new Planner(shop, new FileInputs(shop.Options.Root, shop.Store.Hasher), judge);
        planner.DecideAll(stages, cancellation);
        shop.SaveIndex();
        return planner;
    }

    public async Task<RunSummary> RunAsync(IRunObserver observer, GraphRun run, CancellationToken cancellation)
    {
        var clock = shop.Options.Clock;
        var (started, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        var turn = new ObserverTurn(observer);
        using var spending = new Spending(options.Limit, clock, cancellation);
        using var grace = new GracePeriod(shop.Options.SharingPace.Grace, clock, spending.Cancellation);
        using var pushes = Pushes(turn, grace);
        var planner = Decide(spending.Cancellation);
        var states = new StageStates(stages.Select(stage => stage.Id), turn);
        var settlements = new Settlements(shop, states, _records, pushes, options, turn, run);
        var activities = new Activities(shop, planner, _records, turn, options, grace, spending);
        await new Scheduler(stages, new Demand(stages, targets), planner, states, settlements, activities, options, spending.Cancellation).RunAsync();
        shop.SaveIndex();
        var uploads = pushes is null ? [] : await pushes.FinishAsync();
        StageOutcome[] outcomes = [.. stages.Select(stage => With(settlements[stage.Id], uploads))];
        return new RunSummary(Result(outcomes), outcomes, started, clock.GetElapsedTime(timestamp), shop.Store.Hasher.FilesHashed)
        {
            NotPushed = uploads.Count(upload => !upload.IsPushed),
            Spent = spending.SoFar,
            IsLimitReached = spending.IsLimitReached,
        };
    }

    private PushQueue? Pushes(ObserverTurn turn, GracePeriod grace) =>
        shop.Shared is { Store.IsWritable: true } shared && !options.Frozen ? new PushQueue(shop, shared, turn, options, grace) : null;

    private static StageOutcome With(StageOutcome outcome, IReadOnlyList<StageUpload> uploads) =>
        uploads.FirstOrDefault(upload => upload.Stage == outcome.Stage) is { } upload ? outcome with { Uploaded = upload.Bytes } : outcome;

    private static RunResult Result(IReadOnlyList<StageOutcome> outcomes) =>
        outcomes.Any(outcome => outcome.State == StageState.Interrupted) ? RunResult.Preempted
        : outcomes.All(outcome => outcome.State.IsGood()) ? RunResult.Done
        : RunResult.Failed;
}
