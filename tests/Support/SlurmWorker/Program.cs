using System.Globalization;
using System.Runtime.InteropServices;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;
using Tmrvc.Slurm;
using Tmrvc.SlurmWorker;

// SlurmWorker FOLDER local|PARTITION [RESUBMISSIONS [OPTION…]]: a front end over a small pipeline, its stages here or as jobs;
// SlurmWorker FOLDER job STAGE KEY FORCED ATTEMPT: a job of it. Exit codes as ./build.sh.
const PosixSignal Usr1 = (PosixSignal)10;

using var stop = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var warning = PosixSignalRegistration.Create(Usr1, Stop);
var root = args[0];
var engine = new Engine(new StageGraph(Pipeline.Stages(root)), new EngineOptions { Root = root, Profile = "smoke", Clock = TimeProvider.System });
return await (args[1] == "job" ? Work() : Front()) switch { RunResult.Done => 0, RunResult.Failed => 1, _ => 75 };

Task<RunResult> Work() => StageJobRun.RunAsync(
    engine, new JobOrder(args[2], ContentHash.Parse(args[3]), bool.Parse(args[4]), int.Parse(args[5], CultureInfo.InvariantCulture)),
    RunOptions.Default, Console.Out, stop.Token);

async Task<RunResult> Front()
{
    var executor = args[1] == "local" ? null : Executor();
    var run = engine.Start(["Join"], RunOptions.Default with { Executor = executor }, new Lines(), stop.Token);
    var result = (await run.Finished).Result;
    if (executor is not null)
        await executor.EndAsync();
    return result;
}

SlurmExecutor Executor()
{
    var classes = new JobClass { Partition = args[1], Options = [.. args.Skip(3)] };
    var settings = new SlurmSettings
    {
        PollSeconds = 0.25,
        Resubmissions = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5,
        WarningSeconds = 60,
        Classes = new Dictionary<string, JobClass> { [ResourceClasses.Cpu] = classes, [ResourceClasses.Light] = classes },
    };
    var program = new JobProgram(["dotnet", typeof(Pipeline).Assembly.Location, root], root)
    {
        Plan = new JobPlan("WORKER_PLAN", [("pace.txt", File.ReadAllText(Path.Combine(root, "pace.txt")))]),
        Arguments = order => ["job", order.Stage, order.Key.ToString(), $"{order.IsForced}", order.Attempt.ToString(CultureInfo.InvariantCulture)],
    };
    return new SlurmExecutor(settings, program, Path.Combine(root, "artifacts", "slurm"), "smoke", TimeProvider.System);
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

internal sealed class Lines : IRunObserver
{
    public void StateChanged(StageId stage, StageState state, string reason) => Console.WriteLine($"{stage} {state} {reason}");

    public void Progressed(StageId stage, StageProgress progress) => Console.WriteLine($"{stage}: {progress.Done}/{progress.Total} {progress.Unit}");

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress) { }

    public void Logged(StageId stage, string line) => Console.WriteLine($"{stage}: {line}");
}
