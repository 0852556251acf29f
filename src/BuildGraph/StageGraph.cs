namespace Tmrvc.BuildGraph;

/// <summary>All stages of a profile, checked before anything runs.</summary>
public sealed class StageGraph
{
    private readonly Dictionary<StageId, Stage> _stages;

    /// <exception cref="GraphException">Lists every mistake: duplicate ids, unknown producers and outputs, cycles, bad names and settings.</exception>
    public StageGraph(IEnumerable<Stage> stages)
    {
        var all = stages.ToArray();
        var mistakes = GraphValidation.Mistakes(all);
        if (mistakes.Count > 0)
            throw new GraphException(mistakes);
        _stages = all.ToDictionary(stage => stage.Id);
        Stages = ProducersFirst(all);
        Confined = new ConfinedStages(Stages);
    }

    /// <summary>Producers before consumers; otherwise in the order given.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    public ConfinedStages Confined { get; }

    public Stage this[StageId id] => _stages[id];

    public bool Contains(StageId id) => _stages.ContainsKey(id);

    /// <summary>The targets and everything they need, producers first.</summary>
    /// <exception cref="GraphException">Lists every unknown target.</exception>
    public IReadOnlyList<Stage> Needed(IReadOnlyCollection<StageId> targets)
    {
        RequireKnown(targets);
        var needed = new HashSet<StageId>(targets);
        for (var index = Stages.Count - 1; index >= 0; index--)
            if (needed.Contains(Stages[index].Id))
                needed.UnionWith(Producers(Stages[index]));
        return [.. Stages.Where(stage => needed.Contains(stage.Id))];
    }

    /// <exception cref="GraphException">Lists every unknown stage.</exception>
    internal void RequireKnown(IEnumerable<StageId> stages)
    {
        string[] unknown = [.. stages.Where(stage => !Contains(stage)).Select(stage => $"Stage {stage}: there is no such stage.")];
        if (unknown.Length > 0)
            throw new GraphException(unknown);
    }

    /// <summary>Stages whose outputs or verdict the stage needs, each once.</summary>
    public static IEnumerable<StageId> Producers(Stage stage) => stage.Inputs
        .Select(input => input switch
        {
            StageInput.Output output => output.Stage,
            StageInput.Passed passed => passed.Gate,
            _ => (StageId?)null,
        })
        .OfType<StageId>()
        .Distinct();

    private List<Stage> ProducersFirst(IEnumerable<Stage> stages)
    {
        var order = new List<Stage>();
        var placed = new HashSet<StageId>();
        foreach (var stage in stages)
            Place(stage);
        return order;

        void Place(Stage stage)
        {
            if (!placed.Add(stage.Id))
                return;
            foreach (var producer in Producers(stage))
                Place(_stages[producer]);
            order.Add(stage);
        }
    }
}
