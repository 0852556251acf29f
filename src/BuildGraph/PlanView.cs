namespace Tmrvc.BuildGraph;

/// <summary>Turns a decision into what people and machines are shown of it.</summary>
internal static class PlanView
{
    /// <param name="isNeeded">Whether its outputs have to be here.</param>
    public static PlannedStage Of(Decision decision, bool isNeeded, RunOptions options, Workshop shop)
    {
        var state = decision.State == PlannedState.Restore && !isNeeded ? PlannedState.Cached : decision.State;
        var runs = state == PlannedState.Run;
        var expected = runs ? Expectation.Of(decision, shop.Options.Price) : null;
        return new PlannedStage(
            decision.Stage.Id,
            state,
            decision.Reason,
            runs ? shop.Comparison.InFull(decision, decision.Last) : [],
            runs && options.Extend && Extension.Of(decision, shop) is { } extension ? [.. decision.Notes, extension.Description] : decision.Notes,
            decision.Outputs?.Bytes,
            expected?.Hours.Middle,
            expected?.Cost.Middle)
        {
            Expected = expected,
            Saved = decision is { Outputs: not null, Record: { } record } ? new Spent(record.Hours, record.Cost) : null,
            Download = state == PlannedState.Restore ? decision.Judgement.Download : 0,
        };
    }
}
