namespace Tmrvc.BuildGraph;

/// <summary>
/// Stages whose outputs never reach a shared store, and why: those that say so, and those that hand on what such stages made.
/// </summary>
public sealed class ConfinedStages
{
    public static readonly ConfinedStages None = new([]);

    private readonly Dictionary<StageId, string> _reasons = [];

    /// <param name="stages">Producers first.</param>
    internal ConfinedStages(IEnumerable<Stage> stages)
    {
        foreach (var stage in stages)
            if (string.Join(" and ", Reasons(stage).Distinct()) is { Length: > 0 } reason)
                _reasons[stage.Id] = reason;
    }

    public IReadOnlyCollection<StageId> All => _reasons.Keys;

    /// <returns>Null when the stage's outputs may travel.</returns>
    public string? ReasonOf(StageId stage) => _reasons.GetValueOrDefault(stage);

    private IEnumerable<string> Reasons(Stage stage)
    {
        if (stage.ConfinedBy is { } own)
            yield return own;
        foreach (var producer in stage.HandsOnInputs ? StageGraph.Producers(stage) : [])
            if (_reasons.TryGetValue(producer, out var reason))
                yield return reason;
    }
}
