namespace Tmrvc.BuildGraph;

/// <summary>Turns a decision into what people and machines are shown of it.</summary>
internal static class PlanView
{
    /// <param name="isNeeded">Whether its outputs have to be here.</param>
    public static PlannedStage Of(Decision decision, bool isNeeded, RunOptions options, Workshop shop)
    {
        var state = decision.State == PlannedState.Restore && !isNeeded ? PlannedState.Cached : decision.State;
        var runs = state == PlannedState.Run;
        var extension = runs && options.Extend ? Extension.Of(decision, shop) : null;
        var expected = runs ? Expectation.Of(decision, shop)?.After(Done(decision, extension, options, shop)) : null;
        return new PlannedStage(
            decision.Stage.Id,
            state,
            decision.Reason,
            runs ? shop.Comparison.InFull(decision, decision.Last) : [],
            runs && options.Extend && !options.Force.Includes(decision.Stage.Id) ? [.. decision.Notes, .. Extension.Notes(decision, extension, shop)] : decision.Notes,
            decision.Outputs?.Bytes)
        {
            HasNewerCode = decision.HasNewerCode,
            Expected = expected,
            Saved = decision is { Outputs: not null, Record: { } record } ? new Spent(record.Hours, record.Cost) : null,
            Download = state == PlannedState.Restore ? decision.Judgement.Download : 0,
        };
    }

    /// <summary>What it need not do again, for it goes on from there.</summary>
    private static TimeSpan Done(Decision decision, Extension? extension, RunOptions options, Workshop shop)
    {
        if (decision.Key is not { } key || options.Force.Includes(decision.Stage.Id))
            return TimeSpan.Zero;
        return extension?.Took ?? TimeTaken.Before(decision.Stage, shop.Runs.Of(decision.Stage.Id, key));
    }
}
