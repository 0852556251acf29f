using System.Globalization;
using Tmrvc.BuildGraph;

// ManyStages FOLDER STAGES: runs a graph of that many stages, each over the files of its own folder FOLDER/in/0000, 0001, …
// Prints what it did; exit code 0 when every stage has its outputs.
var stages = Enumerable.Range(0, int.Parse(args[1], CultureInfo.InvariantCulture)).Select(number => new Concatenate(number)).ToArray();
var options = new EngineOptions { Root = args[0], Profile = "benchmark", Clock = TimeProvider.System };
var summary = await new Engine(new StageGraph(stages), options)
    .Start([.. stages.Select(stage => stage.Id)], RunOptions.Default, new SilentObserver()).Finished;
var ran = summary.Stages.Count(stage => stage.State == StageState.Ran);
Console.WriteLine($"ran {ran} hashed {summary.FilesHashed}");
return summary.Result == RunResult.Done ? 0 : 1;

/// <summary>Writes the files of one folder one after another.</summary>
internal sealed class Concatenate(int number) : ActionStage($"Stage{number}")
{
    public override string Description => "Concatenates the files of a folder";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs { get; } = [new StageInput.Files("files", $"in/{number:0000}", "*.txt")];

    public override IReadOnlyList<string> Outputs => ["all.txt"];

    public override async Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        await using var all = File.Create(run.Output("all.txt"));
        foreach (var path in Directory.EnumerateFiles(run.Input("files")).Order(StringComparer.Ordinal))
            await all.WriteAsync(await File.ReadAllBytesAsync(path, cancellation), cancellation);
    }
}
