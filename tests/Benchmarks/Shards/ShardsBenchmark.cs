using System.Diagnostics;
using System.Globalization;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Benchmarks.Shards;

/// <summary>
/// What training waits for: opening an index of 375,000 utterances, planning an epoch, and reading utterances at random, which is
/// measured against reading the same files from front to back.
/// </summary>
internal sealed class ShardsBenchmark : IBenchmark
{
    private const double AllowedSeconds = 5, AllowedMebibytes = 1024, AllowedRatio = 0.8;
    private const int Rounds = 5;

    public string Name => "shards";

    public Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<BenchmarkResult>>(() => [.. Index(root, log), .. Reading(root, log)], cancellation);

    private static IEnumerable<BenchmarkResult> Index(string root, TextWriter log)
    {
        var folder = Path.Combine(root, ".build", "benchmarks", "shards", "index");
        log.WriteLine($"  index of {ManyUtterances.Count:N0} utterances");
        ManyUtterances.WriteIndex(folder);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (opening, shards) = Timed(() => FeatureShards.Open(folder));
        var (planning, sampler) = Timed(() =>
        {
            var sampler = LengthBucketSampler.Over(shards, Split.Train, new SamplerSettings { BatchSize = 64 }, seed: 1);
            sampler.Plan(0);
            return sampler;
        });
        var mebibytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
        var (step, _) = Timed(() => Enumerable.Range(0, 1000).Sum(step => sampler.Plan(step).Crops.Count));
        shards.Dispose();
        return
        [
            new("open the index of 375,000 utterances", opening, "s", Bar: $"< {AllowedSeconds}", Pass: opening < AllowedSeconds),
            new("plan an epoch of it", planning, "s", Bar: $"< {AllowedSeconds}", Pass: planning < AllowedSeconds),
            new("plan a further batch", step, "ms"),
            new("memory of both", mebibytes, "MiB", Bar: $"< {AllowedMebibytes}", Pass: mebibytes < AllowedMebibytes),
        ];
    }

    private static IEnumerable<BenchmarkResult> Reading(string root, TextWriter log)
    {
        var folder = Path.Combine(root, ".build", "benchmarks", "shards", "features");
        ManyUtterances.WriteShards(folder);
        var reader = new ShardReading(folder);
        log.WriteLine($"  {reader.Bytes / 1e9:0.0} GB of features, cold and warm");
        return [.. Reading(reader, cold: true), .. Reading(reader, cold: false)];
    }

    /// <summary>The bar is for the device; out of the system's cache there is only this machine's arithmetic to be measured.</summary>
    private static IEnumerable<BenchmarkResult> Reading(ShardReading reader, bool cold)
    {
        var (random, raw, processor) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            raw.Add(reader.FrontToBack(cold));
            var before = Environment.CpuUsage.TotalTime;
            random.Add(reader.AtRandom(cold));
            processor.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds / (reader.Bytes / 1e9));
        }
        var (ours, theirs) = (Median(random), Median(raw));
        var against = string.Create(CultureInfo.InvariantCulture, $"the files, front to back: {theirs / 1e6:0} MB/s");
        yield return new($"whole utterances at random, {(cold ? "cold" : "warm")}", ours / 1e6, "MB/s", against, ours / theirs,
            cold ? $"ratio ≥ {AllowedRatio}" : null, !cold || ours / theirs >= AllowedRatio);
        yield return new("the same, processor time per GB", Median(processor), "s");
    }

    private static (double Seconds, T Result) Timed<T>(Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = work();
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, result);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
