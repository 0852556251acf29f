using System.Text;
using Tmrvc.Build.Caches;
using Tmrvc.Build.Conversions;
using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Executors;
using Tmrvc.Build.Plans;
using Tmrvc.Build.Pricing;
using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>One request with its configuration read, its graph composed and its targets found.</summary>
public sealed class Session
{
    private readonly bool _deletes;
    private readonly Lazy<IRunObserver> _observer;

    private Session(
        Request request, Workplace workplace, Engine engine, IReadOnlyList<TaskEntry> targets, IReadOnlyList<StageId> stages,
        SharedStores shared)
    {
        _deletes = targets.Any(target => target.Deletes);
        _observer = new(() => RunObserver.Of(this));
        Shared = shared;
        Request = request;
        Workplace = workplace;
        Engine = engine;
        Stages = stages;
        Targets = [.. targets.Select(target => target.Name)];
        RunOptions = new RunOptions
        {
            Jobs = request.Jobs,
            KeepGoing = request.KeepGoing,
            Force = request.Forced.All ? Force.Everything : Force.Of(request.Forced.Names.Select(StageNamed)),
            IsTrial = request.IsTrial,
            Frozen = request.Frozen,
            Extend = request.Extend,
            Limit = Budget.LimitOf(request),
        };
    }

    public required Constants Constants { get; init; }

    public required ExecutorSettings Executors { get; init; }

    public Request Request { get; }

    public Workplace Workplace { get; }

    public Engine Engine { get; }

    /// <summary>Names of the tasks asked for, and of those that they bring along.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The stages to bring up to date; empty when the targets are services.</summary>
    public IReadOnlyList<StageId> Stages { get; }

    public SharedStores Shared { get; }

    /// <summary>Shows what happens; one for all, as a terminal has one place for what is rewritten.</summary>
    public IRunObserver Observer => _observer.Value;

    /// <summary>Whether a plan of the stages is all that was asked for; a target that deletes lists by itself what it would delete.</summary>
    public bool OnlyPlans => !_deletes && (Request.Check || Request.Show is Show.Plan or Show.ExplainedPlan);

    public RunOptions RunOptions { get; }

    /// <exception cref="UsageException">Unknown targets, profile or forced stages; mistakes in the YAML files, in <c>--set</c> or <c>--cache</c>; all together.</exception>
    /// <exception cref="GraphException">Mistakes in the graph.</exception>
    public static Session Open(Request request, Workplace workplace, TaskCatalog tasks)
    {
        var mistakes = new RequestMistakes();
        var targets = mistakes.Collect(() => tasks.Targets(request.Targets)) ?? [];
        var configuration = mistakes.Collect(() => Configuration(request, workplace));
        var caches = mistakes.Collect(() => CacheChoice.Of(request, workplace.Variable));
        mistakes.Check(PlaceMistakes.Of(workplace));
        mistakes.Check(ConfigurationFiles.MistakesOf(request.Overrides));
        mistakes.Check(TargetMistakes.Of(request, targets, caches is not []));
        mistakes.Check(AudioMistakes.Of(request, targets, workplace, configuration));
        mistakes.Check(DeviceMistakes.Of(request, configuration));
        mistakes.ThrowIfAny();
        var settled = configuration!.LeavesDeviceOpen() ? configuration.Settled(workplace.FindDevice()) : configuration;
        var graph = new PipelineGraph(settled, workplace.Root, workplace.Clock).Compose();
        var absent = targets.Where(target => target.IsStage && !graph.Contains(new StageId(target.Name))).ToArray();
        if (absent.Length > 0)
            throw new UsageException([.. absent.Select(target => AbsentTargets.Words(target.Name, request, settled))]);
        var shared = SharedStores.Open(caches!, request, workplace, request.Frozen || targets.Any(target => target.NeedsCache));
        var engine = new Engine(graph, new EngineOptions
        {
            Root = workplace.Root,
            Profile = ConfigurationFiles.NameOf(request.Profile),
            Clock = workplace.Clock,
            Price = new PriceList(configuration!.Costs, ConfigurationFiles.NameOf(request.Profile)).Of,
            NameOf = SettingKeys.Of,
            Shared = shared.Engine,
            Redact = workplace.Secrets.Redact,
            Ranks = RankPrograms.Of(request, workplace),
        });
        if (request.Stage is { } compared && graph.Stages.All(stage => stage.Id.Value != compared))
            throw new UsageException($"--stage={compared}: unknown stage; {ClosestName.Advice(compared, [.. graph.Stages.Select(stage => stage.Id.Value)])}");
        if (!request.Exclusive)
            targets = tasks.WithBrought(targets, graph);
        var stages = request.Exclusive
            ? [.. targets.Where(target => target.IsStage).Select(target => new StageId(target.Name))]
            : tasks.Stages(targets, graph);
        RequireInPlan(request, graph, stages);
        return new Session(request, workplace, engine, targets, stages, shared) { Constants = configuration!.Constants, Executors = configuration.Executors };
    }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int ShowPlan()
    {
        var plan = Engine.Plan(Stages, RunOptions);
        if (Request.Json)
            WriteJson(plan);
        else
            foreach (var line in PlanText.Lines(plan, Request.Show == Show.ExplainedPlan).Concat(CostSummary.Lines(plan)))
                Workplace.Output.WriteLine(line);
        foreach (var doubt in DeviceMistakes.InPlan(plan, this))
            Workplace.Errors.WriteLine(doubt);
        RequireWithinLimits(plan);
        return Request.Check && !plan.IsFresh ? ExitCode.Stale : ExitCode.Done;
    }

    /// <exception cref="UsageException">What is to run is expected to cost or take more than was allowed.</exception>
    public void RequireWithinLimits()
    {
        if ((Request.MaxCost ?? Request.MaxHours) is not null)
            RequireWithinLimits(Engine.Plan(Stages, RunOptions));
    }

    private void RequireWithinLimits(Plan plan)
    {
        if (Budget.Refusal(plan, Request) is { Count: > 0 } refusal)
            throw new UsageException(refusal);
        if (Budget.Caveat(plan, Request) is { } caveat)
            Workplace.Errors.WriteLine(caveat);
    }

    private void WriteJson(Plan plan)
    {
        using var json = new MemoryStream();
        PlanJson.Write(plan, json);
        Workplace.Output.WriteLine(Encoding.UTF8.GetString(json.ToArray()));
    }

    private static PipelineConfiguration Configuration(Request request, Workplace workplace)
    {
        var layers = workplace.Configurations.Read(request.Profile, workplace.Start);
        var configuration = ConfigurationLoader.Load<PipelineConfiguration>(layers, request.Overrides);
        if (request.Steps is { } steps)
            configuration = configuration.Doing(steps);
        if (request.Processes is { } processes)
            configuration = configuration.Across(processes);
        if (request.Workers is { } workers)
            configuration = configuration.By(workers);
        return request.Device is { } device
            ? configuration.On(Enum.Parse<DeviceChoice>(device, ignoreCase: true))
            : configuration;
    }

    /// <exception cref="UsageException">A stage is forced that the targets do not need.</exception>
    private static void RequireInPlan(Request request, StageGraph graph, IReadOnlyList<StageId> stages)
    {
        var needed = graph.Needed(stages).Select(stage => stage.Id.Value).ToHashSet();
        string[] apart = [.. request.Forced.Names.Where(name => !needed.Contains(name) && graph.Stages.Any(stage => stage.Id.Value == name))];
        if (apart.Length > 0)
            throw new UsageException([.. apart.Select(name => $"--force={name}: --target={string.Join(", ", request.Targets)} does not need it; add --target={name}, or leave --force out")]);
    }

    private StageId StageNamed(string name) => Engine.Graph.Stages.FirstOrDefault(stage => stage.Id.Value == name)?.Id
        ?? throw new UsageException($"--force={name}: unknown stage; {ClosestName.Advice(name, [.. Engine.Graph.Stages.Select(stage => stage.Id.Value)])}");
}
