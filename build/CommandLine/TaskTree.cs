namespace Tmrvc.Build.CommandLine;

/// <summary>
/// The targets as trees of what they need. A target met again is only named, with ↑: drawn in full each time, as Cake draws it, a
/// graph in which many stages read the same features grows to thousands of lines.
/// </summary>
internal sealed class TaskTree(TaskCatalog tasks)
{
    private readonly Dictionary<string, TaskEntry> _byName = tasks.All.ToDictionary(task => task.Name);
    private readonly HashSet<string> _drawn = [];

    /// <summary>One tree per target that nothing else needs, in the order of Tasks.cs.</summary>
    public IEnumerable<string> Lines()
    {
        var needed = tasks.All.SelectMany(task => task.Needs).ToHashSet();
        return tasks.All.Where(task => !needed.Contains(task.Name)).SelectMany(task => Lines(task, "", ""));
    }

    private IEnumerable<string> Lines(TaskEntry task, string indent, string branch)
    {
        var again = !_drawn.Add(task.Name) && task.Needs.Count > 0;
        yield return $"{indent}{branch}{task.Name}{(again ? " ↑" : "")}";
        if (again)
            yield break;
        var below = indent + branch switch { "" => "", "└─ " => "   ", _ => "│  " };
        for (var i = 0; i < task.Needs.Count; i++)
            foreach (var line in Lines(_byName[task.Needs[i]], below, i == task.Needs.Count - 1 ? "└─ " : "├─ "))
                yield return line;
    }
}
