using Tmrvc.Benchmarks;
using Tmrvc.Benchmarks.Augmentation;
using Tmrvc.Benchmarks.BuildTime;
using Tmrvc.Benchmarks.Cluster;
using Tmrvc.Benchmarks.Content;
using Tmrvc.Benchmarks.NoOp;
using Tmrvc.Benchmarks.Preprocessing;
using Tmrvc.Benchmarks.Processes;
using Tmrvc.Benchmarks.Scale;
using Tmrvc.Benchmarks.Shards;
using Tmrvc.Benchmarks.Streaming;
using Tmrvc.Benchmarks.Students;
using Tmrvc.Benchmarks.TeacherStep;
using Tmrvc.Benchmarks.Transfer;
using Tmrvc.Benchmarks.Unpack;
using Tmrvc.Training;

// dotnet run --project tests/Benchmarks -- [--NAME …] [--device=cpu|cuda]: runs the named benchmarks, or all but those of a cluster, which take the whole machine for long; exit code 1 when a bar is missed.
if (args is [TransferChild.Verb, ..])
{
    await TransferChild.RunAsync(args, Console.In, Console.Out);
    return 0;
}
if (args is [BenchmarkRank.Verb, _, _, _])
{
    BenchmarkRank.Run(args);
    return 0;
}
IBenchmark[] usual =
[
    new NoOpBenchmark(),
    new ScaleBenchmark(),
    new ShardsBenchmark(),
    new AugmentationBenchmark(),
    new TeacherStepBenchmark(args.Contains("--device=cuda") ? DeviceChoice.Cuda : DeviceChoice.Cpu),
    new ProcessesBenchmark(),
    new StudentsBenchmark(),
    new StreamingBenchmark(),
    new BuildTimeBenchmark(),
    new TransferBenchmark(),
    new UnpackBenchmark(),
    new PreprocessBenchmark(),
    new ContentBenchmark(),
];
IBenchmark[] benchmarks = [.. usual, new SlurmBenchmark(), new FleetBenchmark()];
var asked = args.Where(argument => argument is not ("--device=cpu" or "--device=cuda")).Select(argument => argument.TrimStart('-')).ToList();
if (asked.Find(name => benchmarks.All(benchmark => benchmark.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"Benchmark '{unknown}': {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))} are allowed.");
    return 2;
}
return await new BenchmarkRun(RepositoryRoot.Find(), Console.Out).AllPassAsync(
    asked.Count == 0 ? usual : benchmarks.Where(benchmark => asked.Contains(benchmark.Name)), CancellationToken.None) ? 0 : 1;
