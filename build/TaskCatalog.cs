using System.Reflection;
using Cake.Frosting;
using Tmrvc.Build.Services;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <param name="Needs">Names of the tasks its attributes say it depends on.</param>
/// <param name="IsStage">Whether it stands for the stage of the same name.</param>
public sealed record TaskEntry(string Name, string Description, IReadOnlyList<string> Needs, bool IsStage)
{
    /// <summary>Names of the tasks that are targets too when it is one.</summary>
    public IReadOnlyList<string> Brings { get; init; } = [];

    /// <summary>Whether it is of no use without a cache.</summary>
    public bool NeedsCache { get; init; }

    /// <summary>Whether it deletes, and under <c>--dryrun</c> lists by itself what it would.</summary>
    public bool Deletes { get; init; }

    /// <summary>How it takes audio; null when it does not.</summary>
    public TakesAudioAttribute? Audio { get; init; }
}

/// <summary>The task classes of Tasks.cs, as their attributes describe them; what the command line's targets are checked against.</summary>
public sealed class TaskCatalog
{
    private static readonly Lazy<TaskCatalog> Here = new(() => new(typeof(TaskCatalog).Assembly.GetExportedTypes()
        .Where(type => type.IsAssignableTo(typeof(IFrostingTask)) && !type.IsAbstract)
        .OrderBy(type => type.MetadataToken)
        .Select(EntryOf)));

    private readonly Dictionary<string, TaskEntry> _byName;

    private TaskCatalog(IEnumerable<TaskEntry> entries)
    {
        All = [.. entries];
        _byName = All.ToDictionary(task => task.Name, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<TaskEntry> All { get; }

    public static TaskCatalog OfThisAssembly() => Here.Value;

    /// <exception cref="UsageException">Lists every unknown target.</exception>
    public IReadOnlyList<TaskEntry> Targets(IEnumerable<string> names)
    {
        var unknown = names.Where(name => !_byName.ContainsKey(name)).ToArray();
        if (unknown.Length > 0)
            throw new UsageException([.. unknown.Select(name => $"--target={name}: unknown target; {Advice(name)}")]);
        return [.. names.Select(name => _byName[name])];
    }

    /// <summary>
    /// Targets and what they bring along: what the profile has, and what needs no further training of teacher or student, as a report on later ones would.
    /// </summary>
    public IReadOnlyList<TaskEntry> WithBrought(IReadOnlyList<TaskEntry> targets, StageGraph graph)
    {
        var phases = Phases([.. targets.Where(target => target.IsStage).Select(target => new StageId(target.Name))]);
        var brought = targets.SelectMany(target => target.Brings).Select(name => new StageId(name))
            .Where(stage => graph.Contains(stage) && !Phases([stage]).Except(phases).Any());
        return [.. targets.Concat(brought.Select(stage => _byName[stage.Value])).Distinct()];

        IEnumerable<StageId> Phases(StageId[] stages) =>
            graph.Needed([.. stages.Where(graph.Contains)]).Where(stage => stage is TeacherPhaseStage or StudentPartStage).Select(stage => stage.Id);
    }

    /// <summary>
    /// The stages that have to be here in the end: those nearest to the tasks. What these need the graph knows; a stage that only the
    /// tasks' attributes know of counts too.
    /// </summary>
    public IReadOnlyList<StageId> Stages(IEnumerable<TaskEntry> targets, StageGraph graph)
    {
        var nearest = new HashSet<StageId>();
        var reached = new HashSet<StageId>();
        foreach (var target in targets)
            Reach(target, isAskedFor: true);
        nearest.UnionWith(reached.Except(graph.Needed(nearest).Select(stage => stage.Id)));
        return [.. graph.Stages.Select(stage => stage.Id).Where(nearest.Contains)];

        void Reach(TaskEntry task, bool isAskedFor)
        {
            var stage = task.IsStage ? new StageId(task.Name) : null;
            var isInGraph = stage is not null && graph.Contains(stage);
            if (isInGraph && isAskedFor)
                nearest.Add(stage!);
            if (isInGraph && !reached.Add(stage!))
                return;
            foreach (var needed in task.Needs)
                Reach(_byName[needed], isAskedFor && !task.IsStage);
        }
    }

    private string Advice(string name) => ClosestName.Advice(name, [.. All.Select(task => task.Name)]);

    private static TaskEntry EntryOf(Type type) => new(
        NameOf(type),
        type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "",
        [.. type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => NameOf(attribute.Task))],
        type.IsAssignableTo(typeof(StageTask)))
    {
        Brings = [.. type.GetCustomAttribute<BringsAttribute>()?.Tasks.Select(NameOf) ?? []],
        NeedsCache = type.IsDefined(typeof(NeedsCacheAttribute)),
        Deletes = type.IsDefined(typeof(DeletesAttribute)),
        Audio = type.GetCustomAttribute<TakesAudioAttribute>(),
    };

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;
}
