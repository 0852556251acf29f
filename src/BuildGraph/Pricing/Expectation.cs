namespace Tmrvc.BuildGraph;

/// <summary>What a run of a stage is expected to take, and what that rests on.</summary>
/// <param name="Hours">Wall clock.</param>
/// <param name="Rate">US dollars per hour.</param>
/// <param name="IsRecorded">From an earlier run under this profile; otherwise from the table of prices.</param>
public sealed record Expectation(string Machine, double Rate, Estimate Hours, bool IsRecorded)
{
    /// <summary>US dollars.</summary>
    public Estimate Cost => Hours * Rate;

    /// <summary>From the last run under this profile, by its steps where it is a training; else from the table; null when neither tells.</summary>
    internal static Expectation? Of(Decision decision, Func<Stage, StagePrice> prices)
    {
        var price = prices(decision.Stage);
        if ((decision.Record ?? decision.Last) is { } last)
            return new Expectation(price.Machine, price.Rate, Estimate.Exactly(last.Hours * Longer(decision, last)), IsRecorded: true);
        return price.Hours is { } hours ? new Expectation(price.Machine, price.Rate, hours, IsRecorded: false) : null;
    }

    /// <summary>How many times as many steps as the recorded run.</summary>
    private static double Longer(Decision decision, ActionRecord last) =>
        decision.Stage is TrainingStage && TrainingSteps.In(last.Manifest) is { } then and > 0 &&
        TrainingSteps.In(StageManifest.Explain(decision.Stage, decision.Inputs)) is { } now
            ? (double)now / then
            : 1;
}
