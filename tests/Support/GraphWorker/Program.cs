using System.Runtime.InteropServices;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.BuildGraph;
using Tmrvc.GraphWorker;

// GraphWorker FOLDER together: trains a model by several processes, each of them GraphWorker rank FOLDER ORDER.
// GraphWorker FOLDER [CACHE]: runs a small pipeline in the folder, sharing results where a cache is given: a process of its own, so
// that tests can kill it or start two. Exit codes as ./build.sh.
using var stop = new CancellationTokenSource();
using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});
if (args is [Together.Rank, var root, var order])
{
    return await RankWork.RunAsync(
        new StageGraph([new Together(root)]), order, Environment.GetEnvironmentVariable, _ => false, Console.In, Console.Out, stop.Token);
}
if (args is [var checkout, "together"])
{
    var engine = new Engine(new StageGraph([new Together(checkout)]), new EngineOptions
    {
        Root = checkout, Profile = "smoke", Clock = TimeProvider.System, Ranks = Together.Program(checkout),
    });
    var together = await engine.Start(["Together"], RunOptions.Default, new Lines(), stop.Token).Finished;
    return together.Result switch { RunResult.Done => 0, RunResult.Failed => 1, _ => 75 };
}
using var shared = args.Length > 1 ? Open(args[1]) : null;
var options = new EngineOptions
{
    Root = args[0],
    Profile = "smoke",
    Clock = TimeProvider.System,
    Machine = new() { Cores = 4 },
    Shared = shared,
    SharingPace = new() { Poll = TimeSpan.FromMilliseconds(300), BetweenCheckpoints = TimeSpan.FromMilliseconds(300), PauseOverUpload = 0 },
};
var summary = await new Engine(new StageGraph(Pipeline.Stages(args[0])), options)
    .Start(["Finish"], RunOptions.Default, new Lines(), stop.Token).Finished;
return summary.Result switch { RunResult.Done => 0, RunResult.Failed => 1, _ => 75 };

static BlobStore Open(string cache) => BlobStore.Open(new CacheAddressParser(_ => null).Parse(cache), new BlobStoreOptions
{
    Settings = new() { LeaseDuration = TimeSpan.FromSeconds(15), LeaseRenewal = TimeSpan.FromSeconds(5) },
    Clock = TimeProvider.System,
    Tell = Console.WriteLine,
});

internal sealed class Lines : IRunObserver
{
    public void StateChanged(StageId stage, StageState state, string reason) => Console.WriteLine($"{stage} {state} {reason}");

    public void Progressed(StageId stage, StageProgress progress) { }

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress) { }

    public void Logged(StageId stage, string line) => Console.WriteLine($"{stage}: {line}");
}
