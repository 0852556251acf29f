namespace Tmrvc.BuildGraph;

/// <summary>Turns a decision into what people and machines are shown of it.</summary>
internal static class PlanView
{
    /// <param name="isNeeded">Whether its outputs have to be here.</param>
    public static PlannedStage Of(Decision decision, bool isNeeded, Workshop shop)
    {
        var state = decision.State == PlannedState.Restore && !isNeeded ? PlannedState.Cached : decision.State;
        var runs = state == PlannedState.Run;
        var hours = runs ? decision.Last?.Hours ?? decision.Stage.Resources.ExpectedHours : null;
        return new PlannedStage(
            decision.Stage.Id,
            state,
            decision.Reason,
            runs ? shop.Comparison.InFull(decision, decision.Last) : [],
            decision.Notes,
            decision.Outputs?.Bytes,
            hours,
            hours * (decision.Stage.Resources.HourlyRate ?? 0))
        {
            Download = state == PlannedState.Restore ? decision.Judgement.Download : 0,
        };
    }
}
