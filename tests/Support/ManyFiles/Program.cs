using System.Diagnostics;
using System.Globalization;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;

// ManyFiles FOLDER [plan]: preprocesses and extracts the corpus FOLDER/voices/<speaker>/**, or only plans it.
// Prints what was done as name=value words; exit code 0 when both stages have their outputs, or the plan is fresh.
var signal = new SignalParameters(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);
var preprocess = new PreprocessSettings { Corpus = new CorpusSettings { Name = "voices" }, Vad = VadKind.Energy, MinSeconds = 0.2, MaxSeconds = 15 };
var graph = new StageGraph(
[
    new PreprocessStage("Preprocess", preprocess, new(24000, -23), new StageInput.Files("recordings", "voices", "**"), vadModel: null),
    new FeaturesStage("Features", new FeaturesSettings(), signal, new StageInput.Output("segments", "Preprocess", PreprocessStage.Segments)),
]);
var engine = new Engine(graph, new EngineOptions { Root = args[0], Profile = "benchmark", Clock = TimeProvider.System });
var started = Stopwatch.GetTimestamp();
var done = args.Length > 1 ? Plan() : await Run();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"seconds={Stopwatch.GetElapsedTime(started).TotalSeconds:0.000} processor_seconds={Environment.CpuUsage.TotalTime.TotalSeconds:0.000} peak_mebibytes={PeakBytes() / 1048576.0:0} read_bytes={Io("rchar")} written_bytes={Io("wchar")}"));
return done ? 0 : 1;

bool Plan() => engine.Plan(["Features"], Force.None).IsFresh;

async Task<bool> Run()
{
    var summary = await engine.Start(["Features"], RunOptions.Default, new SilentObserver()).Finished;
    foreach (var stage in summary.Stages)
        Console.Write($"{stage.Stage}={stage.State} {stage.Stage}_items={Processed(stage, "items_processed")} {stage.Stage}_shards={Processed(stage, "groups_processed")} ");
    Console.Write($"hashed={summary.FilesHashed} ");
    return summary.Result == RunResult.Done;
}

static double Processed(StageOutcome stage, string metric) =>
    stage.State == StageState.Ran ? stage.Record!.Metrics[metric] : 0;

static long PeakBytes() => Process.GetCurrentProcess().PeakWorkingSet64;

static long Io(string counter) => File.ReadLines("/proc/self/io").Select(line => line.Split(": "))
    .Where(parts => parts[0] == counter).Select(parts => long.Parse(parts[1], CultureInfo.InvariantCulture)).Single();
