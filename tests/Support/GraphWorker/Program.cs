using System.Runtime.InteropServices;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;
using Tmrvc.GraphWorker;

// Runs a small pipeline in the folder given: a process of its own, so that tests can kill it or start two. Exit codes as ./build.sh.
using var stop = new CancellationTokenSource();
using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});
var options = new EngineOptions { Root = args[0], Profile = "smoke", Clock = TimeProvider.System, Machine = new() { Cores = 4 } };
var summary = await new Engine(new StageGraph(Pipeline.Stages(args[0])), options)
    .Start(["Finish"], RunOptions.Default, new Lines(), stop.Token).Finished;
return summary.Result switch { RunResult.Done => 0, RunResult.Failed => 1, _ => 75 };

internal sealed class Lines : IRunObserver
{
    public void StateChanged(StageId stage, StageState state, string reason) => Console.WriteLine($"{stage} {state} {reason}");

    public void Progressed(StageId stage, StageProgress progress) { }

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress) { }

    public void Logged(StageId stage, string line) => Console.WriteLine($"{stage}: {line}");
}
