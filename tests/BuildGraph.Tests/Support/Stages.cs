namespace Tmrvc.BuildGraph.Tests.Support;

internal delegate void Work(StageRun run);

internal sealed class TestAction(StageId id, Work work) : ActionStage(id)
{
    private int _runs;

    public int Runs => _runs;

    public override string Description => "a test's stage";

    public override int Version => StageVersion;

    public int StageVersion { get; init; } = 1;

    public override IReadOnlyList<StageInput> Inputs => In;

    public IReadOnlyList<StageInput> In { get; init; } = [];

    public override IReadOnlyList<string> Outputs => Out;

    public IReadOnlyList<string> Out { get; init; } = ["out.txt"];

    public override object? Settings => With;

    public object? With { get; init; }

    public override StageResources Resources => Needs;

    public override string? ConfinedBy => Licence;

    public string? Licence { get; init; }

    public StageResources Needs { get; init; } = StageResources.OneCore;

    /// <summary>Runs instead of the given work, where it has to wait.</summary>
    public Func<StageRun, CancellationToken, Task>? Async { get; init; }

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _runs);
        if (Async is { } waiting)
            return waiting(run, cancellation);
        work(run);
        return Task.CompletedTask;
    }
}

internal sealed class TestItems(StageId id, StageInput items, Func<ItemRun, string> process) : PerItemStage(id)
{
    private readonly System.Collections.Concurrent.ConcurrentBag<string> _processed = [];

    public IReadOnlyList<string> Processed => [.. _processed.Order(StringComparer.Ordinal)];

    public override string Description => "a test's items";

    public override int Version => StageVersion;

    public int StageVersion { get; init; } = 1;

    public override object? Settings => With;

    public object? With { get; init; }

    public override IReadOnlyList<StageInput> Inputs => [items, .. More];

    public IReadOnlyList<StageInput> More { get; init; } = [];

    public override IReadOnlyList<string> Outputs => ["all.txt"];

    public override string Items => items.Name;

    public override int Workers => Parallelism;

    public int Parallelism { get; init; } = 2;

    public override bool IsItem(string relativePath) => !relativePath.EndsWith(".ignore", StringComparison.Ordinal);

    public override async Task ProcessAsync(ItemRun item, CancellationToken cancellation)
    {
        _processed.Add(item.Id);
        await File.WriteAllTextAsync(Path.Combine(item.Folder, "result.txt"), process(item), cancellation);
    }

    public override Task CombineAsync(CombineRun run, IReadOnlyList<ItemResult> results, CancellationToken cancellation) =>
        File.WriteAllLinesAsync(run.Output("all.txt"), results.Select(Line), cancellation);

    private static string Line(ItemResult item) =>
        $"{item.Id}={(item.IsAccepted ? File.ReadAllText(item["result.txt"].Path) : "rejected")}";
}

/// <summary>Copies its items into the tree <c>files</c>, and the items of a folder together into <c>FOLDER.txt</c> beside them.</summary>
internal sealed class TestTree(StageId id, StageInput items) : PerItemStage(id)
{
    public override string Description => "a test's tree";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [items];

    public override IReadOnlyList<string> Outputs => ["files"];

    public override string Items => items.Name;

    /// <summary>Called with each result once it has its place.</summary>
    public Action<string> Placed { get; init; } = _ => { };

    public override Task ProcessAsync(ItemRun item, CancellationToken cancellation)
    {
        item.Note = $"note\tof \"{item.Id}\"\n";
        File.Copy(item.Source, Path.Combine(item.Folder, "copy"));
        return Task.CompletedTask;
    }

    public override Task CombineAsync(CombineRun run, IReadOnlyList<ItemResult> results, CancellationToken cancellation)
    {
        foreach (var item in results)
        {
            run.Place(item["copy"], Path.Combine(run.Output("files"), item.Id));
            Placed(Path.Combine(run.Output("files"), item.Id));
        }
        foreach (var folder in results.GroupBy(item => Path.GetDirectoryName(item.Id)!))
            run.Place(
                run.Group(folder.Key, [.. folder], group => Join(folder, Path.Combine(group, "joined")))["joined"],
                Path.Combine(run.Output("files"), folder.Key + ".txt"));
        return Task.CompletedTask;
    }

    private static void Join(IEnumerable<ItemResult> items, string path) =>
        File.WriteAllText(path, string.Concat(items.Select(item => $"{item.Note}{File.ReadAllText(item["copy"].Path)}\n")));
}

internal sealed class TestTraining(StageId id, Func<TrainingRun, CancellationToken, Task> train) : TrainingStage(id)
{
    public override string Description => "a test's training";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => In;

    public IReadOnlyList<StageInput> In { get; init; } = [];

    public override object? Settings => With;

    public object? With { get; init; }

    public override IReadOnlyList<string> Outputs => ["weights.txt"];

    public override StageResources Resources => Needs;

    public StageResources Needs { get; init; } = StageResources.OneCore;

    public override string? Length => StepsProperty;

    public string? StepsProperty { get; init; }

    public override string? Deviation(long from) => OtherThanInOneGo;

    public string? OtherThanInOneGo { get; init; }

    public override Task TrainAsync(TrainingRun run, CancellationToken cancellation) => train(run, cancellation);
}

internal sealed class TestGate(StageId id, StageInput input, Func<string, bool> passes) : GateStage(id)
{
    private int _judged;

    public int Judged => _judged;

    public override string Description => "a test's gate";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [input];

    public override Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _judged);
        var found = File.ReadAllText(run.Input(input.Name));
        return Task.FromResult(new GateVerdict([new GateCheck("loss", found, "< 1", passes(found))]));
    }
}

/// <summary>Short ways to make stages.</summary>
internal static class Make
{
    public static TestAction Source(StageId id, string content) =>
        new(id, run => File.WriteAllText(run.Output("out.txt"), content)) { With = new Content { Text = content } };

    /// <summary>Reads the first output of another stage or a file, and writes it in upper case.</summary>
    public static TestAction Upper(StageId id, StageInput input) =>
        new(id, run => File.WriteAllText(run.Output("out.txt"), File.ReadAllText(run.Input(input.Name)).ToUpperInvariant())) { In = [input] };

    public static StageInput From(StageId producer, string name = "in") => new StageInput.Output(name, producer, "out.txt");

    public static StageInput Verdict(StageId gate) => new StageInput.Output("verdict", gate, "verdict.json");
}

internal sealed record Content
{
    public string Text { get; init; } = "";
}

internal static class Read
{
    public static string Output(this RunSummary summary, StageId stage, string name = "out.txt") =>
        File.ReadAllText(summary[stage].OutputPath(name));

    public static IEnumerable<StageState> States(this RunSummary summary) => summary.Stages.Select(stage => stage.State);
}
