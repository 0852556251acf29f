namespace Tmrvc.BuildGraph;

/// <summary>
/// Whose outputs have to be here: those of targets, those that a stage reads which runs, and what lies here damaged. Grows as stages turn out to run; knows
/// nothing of states.
/// </summary>
internal sealed class Demand
{
    private readonly HashSet<StageId> _needed;
    private readonly Dictionary<StageId, StageId[]> _producers = [];
    private readonly Dictionary<StageId, List<StageId>> _consumers = [];

    /// <param name="stages">Every stage the targets need, producers first.</param>
    public Demand(IReadOnlyList<Stage> stages, IEnumerable<StageId> targets)
    {
        _needed = [.. targets];
        foreach (var stage in stages)
        {
            _consumers[stage.Id] = [];
            _producers[stage.Id] = [.. StageGraph.Producers(stage)];
            foreach (var producer in _producers[stage.Id])
                _consumers[producer].Add(stage.Id);
        }
    }

    /// <summary>What a plan asks for.</summary>
    public static Demand Of(IReadOnlyList<Stage> stages, IEnumerable<StageId> targets, Planner planner)
    {
        var demand = new Demand(stages, targets);
        foreach (var stage in stages.Where(stage => planner[stage.Id].State == PlannedState.Run))
            demand.Raise(stage);
        return demand;
    }

    public bool Includes(Decision decision) => decision.Judgement.IsDamaged || _needed.Contains(decision.Stage.Id);

    /// <summary>The stage runs, so it needs what it reads.</summary>
    /// <returns>False when all of it was needed already.</returns>
    public bool Raise(Stage stage)
    {
        var before = _needed.Count;
        _needed.UnionWith(ReadBy(stage));
        return _needed.Count > before;
    }

    /// <summary>Stages whose output files the stage reads; a gate it only has to pass is not among them.</summary>
    public static IEnumerable<StageId> ReadBy(Stage stage) => stage.Inputs.OfType<StageInput.Output>().Select(input => input.Stage);

    public IReadOnlyList<StageId> ProducersOf(StageId stage) => _producers[stage];

    public IReadOnlyList<StageId> ConsumersOf(StageId stage) => _consumers[stage];
}
