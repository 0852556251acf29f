using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Decides about stages, from declarations, content and records. The same for a plan and for a run: a plan asks once with some
/// producers undecided, a run asks again when they have settled. Runs nothing, changes nothing but the stat index.
/// </summary>
internal sealed class Planner(Workshop shop, FileInputs files, IJudge judge)
{
    private readonly ConcurrentDictionary<StageId, Decision> _decisions = new();

    public Decision this[StageId stage] => _decisions[stage];

    /// <summary>
    /// Decides level by level: the stages of a level do not need each other, so the shared store is asked about them side by side.
    /// </summary>
    /// <param name="cancellation">Ends the asking; what was not asked stays unasked.</param>
    public void DecideAll(IReadOnlyList<Stage> stages, CancellationToken cancellation)
    {
        files.Prefetch(stages);
        foreach (var level in Levels(stages))
        {
            Parallel.ForEach(level, stage => Decide(stage));
            if (shop.Shared is not null)
                AskAboutAll([.. level.Where(stage => _decisions[stage.Id].Judgement.Unasked)], cancellation);
        }
    }

    /// <summary>Decides by what is known now.</summary>
    public Decision Decide(Stage stage) => _decisions[stage.Id] = Judge(stage, [.. stage.Inputs.Select(input => RequireUsable(stage, Find(input)))]);

    /// <summary>Asks the shared store; <see cref="Decide"/> then knows the answer.</summary>
    public Task AskAsync(Stage stage, CancellationToken cancellation) => judge.AskAsync(_decisions[stage.Id], cancellation);

    /// <summary>Takes note of how a stage settled, for those that need it.</summary>
    public void Settled(Stage stage, ActionRecord record) => _decisions[stage.Id] =
        new Decision(stage, new Judgement(PlannedState.Fresh, Words.UpToDate, record.Key, record), []);

    /// <summary>Takes note that what was recorded cannot be had, so the stage has to run.</summary>
    public void Lost(Stage stage, string reason) => _decisions[stage.Id] = _decisions[stage.Id] with
    {
        Judgement = new Judgement(PlannedState.Run, "", _decisions[stage.Id].Key),
        Reason = reason,
    };

    private void AskAboutAll(IReadOnlyList<Stage> stages, CancellationToken cancellation)
    {
        if (stages.Count == 0)
            return;
        try
        {
            Task.WhenAll(stages.Select(stage => Task.Run(() => AskAsync(stage, cancellation), cancellation))).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        Parallel.ForEach(stages, stage => Decide(stage));
    }

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
        var judgement = judge.Of(stage, findings);
        if (shop.Confined.ReasonOf(stage.Id) is not null)
            judgement = judgement with { Unasked = false };
        var decision = new Decision(stage, judgement, findings);
        if (judgement.State == PlannedState.Fresh)
            return Drift(stage, judgement.Record!) is { } drift ? decision with { Notes = [drift], HasNewerCode = true } : decision;
        var last = shop.LastRecord(stage.Id);
        var mayNameChanges = judgement.Reason.Length == 0 || findings.Any(finding => finding is InputFinding.Pending);
        var changed = mayNameChanges ? shop.Comparison.TopLevel(stage, decision.Inputs, last) : [];
        return decision with { Last = last, Reason = Words.Stale(judgement.Reason, last, changed, what => shop.Options.NameOf(stage.Id, what)) };
    }

    private string? Drift(Stage stage, ActionRecord record) =>
        record.Sources is { } recorded && shop.Sources.HashOf(stage) is { } current && current != recorded
            ? Words.Drift(shop.Sources.Folders(stage))
            : null;
}
