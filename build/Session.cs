using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Plans;
using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>One request with its configuration read, its graph composed and its targets found.</summary>
internal sealed class Session
{
    private readonly Request _request;
    private readonly Workplace _workplace;
    private readonly Engine _engine;
    private readonly IReadOnlyList<StageId> _stages;
    private readonly Force _force;

    private Session(Request request, Workplace workplace, Engine engine, IReadOnlyList<StageId> stages)
    {
        _request = request;
        _workplace = workplace;
        _engine = engine;
        _stages = stages;
        _force = request.Forced.All ? Force.Everything : Force.Of(request.Forced.Names.Select(StageNamed));
    }

    /// <exception cref="UsageException">Unknown targets, profile or forced stages.</exception>
    /// <exception cref="ConfigurationException">Mistakes in the YAML files or in <c>--set</c>.</exception>
    public static Session Open(Request request, Workplace workplace, TaskCatalog tasks)
    {
        var targets = tasks.Targets(request.Targets);
        var layers = new ConfigurationFiles(workplace.Root).Read(request.Profile, workplace.Start);
        var configuration = ConfigurationLoader.Load<PipelineConfiguration>(layers, request.Overrides);
        if (request.Device is { } device)
            configuration = configuration.On(Enum.Parse<DeviceChoice>(device, ignoreCase: true));
        var graph = new PipelineGraph(configuration, workplace.Root, workplace.Clock).Compose();
        var absent = targets.Where(target => target.IsStage && !graph.Contains(new StageId(target.Name))).ToArray();
        if (absent.Length > 0)
            throw new UsageException([.. absent.Select(target => $"--target={target.Name}: not part of profile {request.Profile}.")]);
        var engine = new Engine(graph, new EngineOptions
        {
            Root = workplace.Root,
            Profile = ConfigurationFiles.NameOf(request.Profile),
            Clock = workplace.Clock,
        });
        return new Session(request, workplace, engine, tasks.Stages(targets, graph));
    }

    public int ShowPlan()
    {
        var plan = _engine.Plan(_stages, _force);
        if (_request.Json)
            _workplace.Output.WriteLine(PlanJson.Of(plan));
        else
            foreach (var line in PlanText.Lines(plan, _request.Show == Show.ExplainedPlan))
                _workplace.Output.WriteLine(line);
        return _request.Check && !plan.IsFresh ? ExitCode.Stale : ExitCode.Done;
    }

    public int RunTasks()
    {
        using var signals = new Signals(_workplace.Errors);
        var options = new RunOptions { Jobs = _request.Jobs, KeepGoing = _request.KeepGoing, Force = _force };
        var runner = new StageRunner(_engine, _stages, options, Observer(), signals.Cancellation);
        var code = new CakeHost()
            .UseContext<BuildContext>()
            .UseLifetime<RunLifetime>()
            .ConfigureServices(services => services
                .AddSingleton(runner)
                .AddSingleton(_workplace)
                .AddSingleton<ICakeReportPrinter, SilentReportPrinter>())
            .Run(CakeArguments());
        if (runner.Summary is { } summary)
            _workplace.Output.WriteLine(SummaryText.Of(summary));
        return signals.Cancellation.IsCancellationRequested ? ExitCode.Preempted : code == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private IRunObserver Observer() => Console.IsOutputRedirected
        ? new LineObserver(_workplace.Output, _workplace.Clock)
        : new LiveObserver(_workplace.Output, () => Console.WindowWidth, _workplace.Clock);

    /// <summary>What is Cake's own among the options.</summary>
    private IEnumerable<string> CakeArguments() =>
    [
        .. _request.Targets.Select(target => $"--target={target}"),
        $"--verbosity={_request.Verbosity}",
        .. _request.Exclusive ? ["--exclusive"] : Array.Empty<string>(),
        .. _request.Show switch
        {
            Show.Descriptions => ["--description"],
            Show.Version => ["--version"],
            Show.Information => ["--info"],
            _ => Array.Empty<string>(),
        },
    ];

    private StageId StageNamed(string name) => _engine.Graph.Stages.FirstOrDefault(stage => stage.Id.Value == name)?.Id
        ?? throw new UsageException($"--force={name}: unknown stage; {ClosestName.Advice(name, [.. _engine.Graph.Stages.Select(stage => stage.Id.Value)])}");
}
