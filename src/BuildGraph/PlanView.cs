namespace Tmrvc.BuildGraph;

/// <summary>Turns a decision into what people and machines are shown of it.</summary>
internal static class PlanView
{
    public static PlannedStage Of(Decision decision, Workshop shop)
    {
        var runs = decision.State == PlannedState.Run;
        var hours = runs ? decision.Last?.Hours ?? decision.Stage.Resources.ExpectedHours : null;
        return new PlannedStage(
            decision.Stage.Id,
            decision.State,
            decision.Reason,
            runs ? shop.Comparison.InFull(decision, decision.Last) : [],
            decision.Notes,
            decision.Outputs?.Bytes,
            hours,
            hours * (decision.Stage.Resources.HourlyRate ?? 0));
    }
}
