using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Puts together an action record.</summary>
internal static class RecordWriting
{
    public static ActionRecord Compose(
        Decision decision,
        EntrySet outputs,
        WorkResult result,
        Expectation? expected,
        IReadOnlyDictionary<string, double> metrics,
        TimeSpan took,
        Workshop shop) => new()
        {
            Key = decision.Key!.Value,
            Stage = decision.Stage.Id.Value,
            Outputs = outputs.Entries,
            Verdict = result.Verdict,
            Sources = shop.Sources.HashOf(decision.Stage),
            Manifest = StageManifest.Explain(decision.Stage, decision.Inputs),
            Quarantine = [.. result.Quarantine.Select(item => item with { Reason = shop.Options.Redact(item.Reason) })],
            Metrics = metrics,
            Seeds = Seeds(decision.Stage),
            Hardware = MachineFacts.Hardware,
            Hours = took.TotalHours,
            HoursOfAllItems = decision.Stage is PerItemStage ? OfAllItems(took.TotalHours, metrics, decision.Last) : null,
            Cost = took.TotalHours * shop.Options.Price(decision.Stage).Rate,
            ExpectedHours = expected?.Hours,
            ExpectedCost = expected?.Cost,
            Finished = shop.Options.Clock.GetUtcNow(),
            Revision = GitRevision.Of(shop.Options.Root),
            MissReason = shop.Options.Redact(decision.Reason),
        };

    private static double OfAllItems(double hours, IReadOnlyDictionary<string, double> metrics, ActionRecord? last) =>
        ItemWork.MadeAll(metrics) || last is null ? hours : Math.Max(hours, last.HoursOfAllItems ?? last.Hours);

    private static IReadOnlyDictionary<string, string> Seeds(Stage stage)
    {
        if (stage.Settings is not { } settings)
            return new Dictionary<string, string>();
        var sink = new ExplainingSink();
        SettingsManifest.Write(settings, "settings", sink);
        return sink.Entries
            .Where(entry => entry.What.EndsWith(".seed", StringComparison.Ordinal) || entry.What.EndsWith("_seed", StringComparison.Ordinal))
            .ToDictionary(entry => entry.What["settings.".Length..], entry => entry.Value);
    }
}
