using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting;

/// <summary>Takes from the engine's account of a run what the page shows.</summary>
public static class RunLedgerReading
{
    /// <summary>A stage over thousands of files has as many entries; the page shows the beginning.</summary>
    private const int InputsShown = 60;

    private const int SettingsShown = 120;

    /// <param name="changed">What was stale about a stage, from a plan made before the run; may return nothing.</param>
    /// <param name="revision">Of the sources; empty when unknown.</param>
    public static RunLedger ToLedger(
        this RunSummary summary, StageGraph graph, string profile, string revision, Func<StageId, IReadOnlyList<Change>>? changed = null) => new()
    {
        Profile = profile,
        Revision = revision,
        Result = summary.Result,
        Finished = summary.Started + summary.Duration,
        Duration = summary.Duration,
        Stages = [.. summary.Stages.Select(outcome => ToEntry(outcome, graph[outcome.Stage], changed?.Invoke(outcome.Stage) ?? []))],
    };

    private static StageEntry ToEntry(StageOutcome outcome, Stage stage, IReadOnlyList<Change> changed) => new()
    {
        Id = outcome.Stage.Value,
        Kind = KindOf(stage),
        Description = stage.Description,
        State = outcome.State,
        Reason = outcome.Reason,
        Key = outcome.Record?.Key.ToString() ?? "",
        Duration = DurationOf(outcome),
        Cost = outcome.Record is { Cost: > 0 } paid ? paid.Cost : null,
        ExpectedDuration = outcome.Record?.ExpectedHours is { } hours ? TimeSpan.FromHours(hours.Middle) : null,
        ExpectedCost = outcome.Record?.ExpectedCost is { Middle: > 0 } cost ? cost.Middle : null,
        Needs = [.. StageGraph.Producers(stage).Select(producer => producer.Value)],
        Changed = changed,
        Made = outcome.Record?.Finished,
        Machine = outcome.Record is { } made ? InWords(made.Hardware) : "",
        Revision = outcome.Record?.Revision ?? "",
        Extended = outcome.Record?.Extended ?? "",
        Manifest = Shown(outcome.Record?.Manifest ?? []),
        ManifestEntries = outcome.Record?.Manifest.Count ?? 0,
        Outputs = [.. outcome.Outputs.Select(output => new StageArtifact(output.Name, output.Content.Hash.ToString(), output.Content.Bytes))],
        Downloaded = outcome.Downloaded,
        Uploaded = outcome.Uploaded,
        Metrics = outcome.Record?.Metrics ?? new Dictionary<string, double>(),
        Quarantine = outcome.Record?.Quarantine ?? [],
    };

    private static IReadOnlyList<ManifestEntry> Shown(IReadOnlyList<ManifestEntry> manifest) =>
        [.. manifest.Where(entry => !IsSetting(entry)).Take(InputsShown), .. manifest.Where(IsSetting).Take(SettingsShown)];

    private static bool IsSetting(ManifestEntry entry) => entry.What.StartsWith("settings", StringComparison.Ordinal);

    private static string InWords(Hardware machine) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{machine.Cpu}, {machine.Cores} cores, {machine.MemoryBytes / 1e9:0} GB{(machine.Gpu == "" ? "" : ", " + machine.Gpu)}, {machine.System}");

    /// <summary>What is recorded, as are cost and expectation; of a stage that left no record, the time until it ended.</summary>
    private static TimeSpan? DurationOf(StageOutcome outcome) =>
        outcome.Record is { } record ? TimeSpan.FromHours(record.Hours) : outcome.Duration > TimeSpan.Zero ? outcome.Duration : null;

    private static string KindOf(Stage stage) => stage switch
    {
        PerItemStage => "per item",
        TrainingStage => "training",
        GateStage => "gate",
        _ => "action",
    };
}
