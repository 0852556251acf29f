using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Decides by the lock file alone, as <c>--frozen</c> wants it: what is locked is had or the stage is blocked. Input files need not be
/// here; what is known of inputs and settings has to agree with the locked record.
/// </summary>
internal sealed class LockJudge(Workshop shop, KnownRecords records, Availability availability) : IJudge
{
    public Judgement Of(Stage stage, IReadOnlyList<InputFinding> findings)
    {
        if (shop.Locks.Find(stage.Id) is not { } locked)
            return new Judgement(PlannedState.Blocked, $"{shop.Locks.PathOf(stage.Id)}: there is no such lock file. Build it without --frozen");
        if (records.Find(locked) is not { } record)
            return new Judgement(PlannedState.Blocked, NoRecord(stage, locked), locked.Key) { Unasked = records.MayAsk(locked.Key) };
        IReadOnlyList<InputContent> known = [.. findings.OfType<InputFinding.Known>().Select(finding => finding.Content)];
        if (shop.Comparison.TopLevel(stage, known, record) is [var first, ..] changes)
            return new Judgement(PlannedState.Blocked, Words.LockOutOfDate(first, shop.Options.NameOf(stage.Id, first.What), changes.Count), locked.Key);
        return availability.Of(record) switch
        {
            null => new Judgement(PlannedState.Blocked, Confined(stage, locked) ?? Words.NotToBeHad(locked.Key, shop.SharedName), locked.Key),
            { Unasked: true } judgement => judgement with { State = PlannedState.Blocked, Reason = Confined(stage, locked) ?? judgement.Reason },
            var judgement => judgement,
        };
    }

    public Task AskAsync(Decision decision, CancellationToken cancellation) => records.AskAsync(
        decision.Key!.Value, decision.Stage.Id, shop.Locks.Find(decision.Stage.Id)?.Outputs.Keys ?? [], cancellation);

    private string? Confined(Stage stage, LockedStage locked) =>
        shop.Confined.ReasonOf(stage.Id) is { } reason ? Words.NotHereAndConfined(locked.Key, reason) : null;

    private string NoRecord(Stage stage, LockedStage locked) => records.Find(locked.Key) is null
        ? Confined(stage, locked) ?? $"no record of key {locked.Key} is here or in {shop.SharedName}"
        : $"the record of key {locked.Key} names other outputs than its lock file";
}
