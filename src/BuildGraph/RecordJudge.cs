using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Decides by key: what has been recorded under it, here or in the shared store, need not run.</summary>
internal sealed class RecordJudge(KnownRecords records, Availability availability, Force force) : IJudge
{
    public Judgement Of(Stage stage, IReadOnlyList<InputFinding> findings)
    {
        for (var index = 0; index < findings.Count; index++)
            if (findings[index] is InputFinding.Missing missing)
                return new Judgement(PlannedState.Blocked, $"input '{stage.Inputs[index].Name}': {missing.What}");
        for (var index = 0; index < findings.Count; index++)
            if (findings[index] is InputFinding.Pending pending)
                return new Judgement(PlannedState.Run, Words.MayRun(stage.Inputs[index].Name, pending.Producer));
        return Of(stage, StageManifest.Key(stage, [.. findings.OfType<InputFinding.Known>().Select(known => known.Content)]));
    }

    public Task AskAsync(Decision decision, CancellationToken cancellation) =>
        records.AskAsync(decision.Key!.Value, decision.Stage.Id, decision.Stage.Outputs, cancellation);

    private Judgement Of(Stage stage, ContentHash key)
    {
        var record = records.Find(key);
        if (force.Includes(stage.Id))
            return new Judgement(PlannedState.Run, "forced", key, record);
        if (record is null)
            return new Judgement(PlannedState.Run, "", key) { Unasked = records.MayAsk(key) };
        return availability.Of(record) ?? new Judgement(PlannedState.Run, "its recorded outputs are lost", key, record);
    }
}
