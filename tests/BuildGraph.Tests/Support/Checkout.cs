using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph.Tests.Support;

/// <summary>A folder to build in, deleted afterwards.</summary>
internal sealed class Checkout : IDisposable
{
    public Checkout()
    {
        Root = Directory.CreateTempSubdirectory("buildgraph-").FullName;
    }

    public string Root { get; }

    /// <summary>What it shares with other checkouts, which then count as other machines.</summary>
    public ISharedStore? Shared { get; set; }

    public SharingPace Pace { get; set; } = new() { Poll = TimeSpan.FromMilliseconds(200) };

    public Func<Stage, StagePrice> Price { get; set; } = StagePrice.Of;

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Store => Path.Combine(Artifacts, "store");

    public string Write(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    public EngineOptions Options => new()
    {
        Root = Root,
        Profile = "smoke",
        Clock = TimeProvider.System,
        Machine = new() { Cores = 4, Gpus = 1, NetworkSlots = 2 },
        Shared = Shared,
        SharingPace = Pace,
        Price = Price,
    };

    public Engine Engine(params IEnumerable<Stage> stages) => new(new StageGraph(stages), Options);

    public Plan Plan(IReadOnlyList<Stage> stages, Force? force = null) =>
        Engine(stages).Plan([.. stages.Select(stage => stage.Id)], force ?? Force.None);

    /// <summary>A fresh engine each time, as a new process would have.</summary>
    public Task<RunSummary> Run(params IReadOnlyList<Stage> stages) => Run(RunOptions.Default, stages);

    public Task<RunSummary> Run(RunOptions options, params IReadOnlyList<Stage> stages) =>
        Engine(stages).Start([.. stages.Select(stage => stage.Id)], options, new SilentObserver()).Finished;

    /// <summary>As <c>--target</c>: the stages are the graph, of which one is wanted.</summary>
    public Task<RunSummary> Build(StageId target, params IReadOnlyList<Stage> stages) =>
        Engine(stages).Start([target], RunOptions.Default, Seen).Finished;

    /// <summary>What was told by <see cref="Build"/>.</summary>
    public Transcript Seen { get; } = new();

    /// <summary>As a user who makes room: what was recorded can still be restored from the objects.</summary>
    public void DeleteEntries() => Directory.Delete(Path.Combine(Store, "entries"), recursive: true);

    public ActionRecord Record(RunSummary summary, StageId stage) => summary[stage].Record!;

    public string RecordPath(ContentHash key) => new RecordFiles(Path.Combine(Store, "records")).PathOf(key);

    /// <summary>Files below the artifacts folder by relative path, without the index, which holds times.</summary>
    public IReadOnlyList<string> ArtifactFiles() => Directory.Exists(Artifacts)
        ? [.. Directory.EnumerateFiles(Artifacts, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Artifacts, path)).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
