using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Decides about stages, from declarations, content and records. The same for a plan and for a run: a plan asks once with some
/// producers undecided, a run asks again when they have settled. Runs nothing, changes nothing but the stat index.
/// </summary>
internal sealed class Planner(Workshop shop, FileInputs files, Force force)
{
    private readonly ConcurrentDictionary<StageId, Decision> _decisions = new();

    public Decision this[StageId stage] => _decisions[stage];

    /// <summary>Decides level by level: the stages of a level do not need each other.</summary>
    public void DecideAll(IReadOnlyList<Stage> stages)
    {
        files.Prefetch(stages);
        foreach (var level in Levels(stages))
            Parallel.ForEach(level, stage => Decide(stage));
    }

    /// <summary>Decides by what is known now.</summary>
    public Decision Decide(Stage stage) => _decisions[stage.Id] = Judge(stage, [.. stage.Inputs.Select(input => RequireUsable(stage, Find(input)))]);

    /// <summary>Takes note of how a stage settled, for those that need it.</summary>
    public void Settled(Stage stage, ActionRecord record) =>
        _decisions[stage.Id] = new Decision(stage, PlannedState.Fresh, Words.UpToDate, []) { Key = record.Key, Record = record };

    private static IEnumerable<IGrouping<int, Stage>> Levels(IReadOnlyList<Stage> stages)
    {
        var level = new Dictionary<StageId, int>();
        foreach (var stage in stages)
            level[stage.Id] = 1 + StageGraph.Producers(stage).Select(producer => level[producer]).DefaultIfEmpty(-1).Max();
        return stages.GroupBy(stage => level[stage.Id]).OrderBy(group => group.Key);
    }

    /// <summary>Only a stage that may quarantine an item can do without a file.</summary>
    private static InputFinding RequireUsable(Stage stage, InputFinding finding) =>
        finding is InputFinding.Known { Content: { Unusable: [var file, ..] } content } && (stage as PerItemStage)?.Items != content.Name
            ? new InputFinding.Missing($"{Path.Combine(content.Path!, file.Path)}: {file.Reason}")
            : finding;

    private InputFinding Find(StageInput input) => input switch
    {
        StageInput.Output output => FindOutput(output, _decisions[output.Stage]),
        StageInput.Passed passed => FindVerdict(_decisions[passed.Gate]),
        StageInput.Tool tool => new InputFinding.Known(InputContent.OfTool(tool.Name, tool.Version)),
        _ => files.Find(input),
    };

    private InputFinding FindOutput(StageInput.Output input, Decision producer)
    {
        if (producer.State == PlannedState.Blocked)
            return new InputFinding.Missing($"stage {input.Stage} is blocked");
        if (producer.Outputs is not { } set)
            return new InputFinding.Pending(input.Stage);
        var entry = set.Entries.First(entry => entry.Name == input.OutputName);
        var path = Path.Combine(shop.Store.FolderOf(set), entry.Name);
        return new InputFinding.Known(entry.Kind == EntryKind.File
            ? InputContent.OfFile(input.Name, path, entry.Hash)
            : InputContent.OfFolder(input.Name, path, entry.Hash));
    }

    private static InputFinding FindVerdict(Decision gate) => gate switch
    {
        { State: PlannedState.Blocked } => new InputFinding.Missing($"gate {gate.Stage.Id} is blocked"),
        { Outputs: null } => new InputFinding.Pending(gate.Stage.Id),
        { Record.Verdict: { Passed: false } verdict } => new InputFinding.Missing($"gate {gate.Stage.Id} has not passed: {Words.Of(verdict)}"),
        _ => new InputFinding.Granted(),
    };

    private Decision Judge(Stage stage, IReadOnlyList<InputFinding> findings)
    {
        var (state, reason, key, record) = Judgement(stage, findings);
        var decision = new Decision(stage, state, reason, findings) { Key = key, Record = record };
        if (state == PlannedState.Fresh)
            return decision with { Notes = Drift(stage, record!) };
        var last = shop.LastRecord(stage.Id);
        var mayNameChanges = reason.Length == 0 || findings.Any(finding => finding is InputFinding.Pending);
        var changed = mayNameChanges ? shop.Comparison.TopLevel(decision, last) : [];
        return decision with { Last = last, Reason = Words.Stale(reason, last, changed) };
    }

    /// <summary>An empty reason stands for changed settings or inputs, which comparison names.</summary>
    private (PlannedState State, string Reason, ContentHash? Key, ActionRecord? Record) Judgement(
        Stage stage, IReadOnlyList<InputFinding> findings)
    {
        for (var index = 0; index < findings.Count; index++)
            if (findings[index] is InputFinding.Missing missing)
                return (PlannedState.Blocked, $"input '{stage.Inputs[index].Name}': {missing.What}", null, null);
        for (var index = 0; index < findings.Count; index++)
            if (findings[index] is InputFinding.Pending pending)
                return (PlannedState.Run, Words.MayRun(stage.Inputs[index].Name, pending.Producer), null, null);
        var key = StageManifest.Key(stage, [.. findings.OfType<InputFinding.Known>().Select(known => known.Content)]);
        var (state, reason, record) = Judgement(stage, key);
        return (state, reason, key, record);
    }

    private (PlannedState State, string Reason, ActionRecord? Record) Judgement(Stage stage, ContentHash key)
    {
        var record = shop.Records.Find(key);
        if (force.Includes(stage.Id))
            return (PlannedState.Run, "forced", record);
        if (record is null)
            return (PlannedState.Run, "", null);
        var outputs = new EntrySet(record.Outputs);
        if (shop.Store.IsInPlace(outputs))
            return (PlannedState.Fresh, Words.Fresh(record), record);
        return shop.Store.CanRestore(outputs)
            ? (PlannedState.Restore, "its outputs are missing or damaged; the store has them", record)
            : (PlannedState.Run, "its recorded outputs are lost", record);
    }

    private IReadOnlyList<string> Drift(Stage stage, ActionRecord record) =>
        record.Sources is { } recorded && shop.Sources.HashOf(stage) is { } current && current != recorded
            ? [Words.Drift(shop.Sources.Folders(stage))]
            : [];
}
