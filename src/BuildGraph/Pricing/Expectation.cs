namespace Tmrvc.BuildGraph;

/// <summary>What a run of a stage is expected to take, and what that rests on.</summary>
/// <param name="Hours">Wall clock.</param>
/// <param name="Rate">US dollars per hour.</param>
/// <param name="IsRecorded">From an earlier run under this profile; otherwise from the table of prices.</param>
public sealed record Expectation(string Machine, double Rate, Estimate Hours, bool IsRecorded)
{
    /// <summary>US dollars.</summary>
    public Estimate Cost => Hours * Rate;

    /// <summary>
    /// From the last run under this profile, unless the stage takes a GPU and that run had none; else from the table; null when neither tells.
    /// </summary>
    internal static Expectation? Of(Decision decision, Workshop shop)
    {
        var price = shop.Options.Price(decision.Stage);
        var last = decision.Record ?? decision.Last;
        if (last is not null && (price.Hours is null || decision.Stage.Resources.Gpus == 0 || last.Hardware.Gpu.Length > 0))
            return new Expectation(price.Machine, price.Rate, Estimate.Exactly(HoursBy(last, decision, shop)), IsRecorded: true);
        return price.Hours is { } hours ? new Expectation(price.Machine, price.Rate, hours, IsRecorded: false) : null;
    }

    /// <summary>The same, without what was done before.</summary>
    internal Expectation After(TimeSpan done) => this with { Hours = Hours.After(done.TotalHours) };

    private static double HoursBy(ActionRecord last, Decision decision, Workshop shop) => decision.Stage switch
    {
        TrainingStage => last.Hours * Longer(decision, last),
        PerItemStage items when !ItemWork.HasSome(items, decision, shop) => last.HoursOfAllItems ?? last.Hours,
        _ => last.Hours,
    };

    /// <summary>How many times as many steps as the recorded run.</summary>
    private static double Longer(Decision decision, ActionRecord last) =>
        TrainingSteps.In(last.Manifest) is { } then and > 0 && TrainingSteps.In(StageManifest.Explain(decision.Stage, decision.Inputs)) is { } now
            ? (double)now / then
            : 1;
}
