namespace Tmrvc.BuildGraph;

/// <summary>Depth-first search that names each cycle in full, once.</summary>
internal static class GraphCycles
{
    /// <returns>Paths that begin and end with the same stage.</returns>
    public static IReadOnlyList<IReadOnlyList<StageId>> Find(IReadOnlyDictionary<StageId, Stage> stages)
    {
        var cycles = new List<IReadOnlyList<StageId>>();
        var done = new HashSet<StageId>();
        var path = new List<StageId>();
        foreach (var stage in stages.Values)
            Visit(stage.Id);
        return cycles;

        void Visit(StageId id)
        {
            var start = path.IndexOf(id);
            if (start >= 0)
                cycles.Add([.. path[start..], id]);
            if (start >= 0 || done.Contains(id) || !stages.TryGetValue(id, out var stage))
                return;
            path.Add(id);
            foreach (var producer in StageGraph.Producers(stage))
                Visit(producer);
            path.RemoveAt(path.Count - 1);
            done.Add(id);
        }
    }
}
