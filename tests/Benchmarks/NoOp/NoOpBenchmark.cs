using System.Globalization;

namespace Tmrvc.Benchmarks.NoOp;

/// <summary>
/// What it costs to find out that nothing is to be done, as whole processes: 1,000 stages with 100 input files each, ours by content
/// against tools that go by time. Then one file changes, and exactly one may be read.
/// </summary>
internal sealed class NoOpBenchmark : IBenchmark
{
    private const int Rounds = 7, SnakemakeRounds = 3;
    private const double AllowedMilliseconds = 700, AllowedRatio = 10;

    public string Name => "no-op";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var graph = new SyntheticGraph(Directory.CreateDirectory(Path.Combine(root, ".build", "benchmarks", "no-op")).FullName);
        log.WriteLine("  makes 100,000 files and brings every tool up to date");
        graph.Create();
        var ours = Contender.Ours(graph, await PublishAsync(root, cancellation));
        Contender[] rivals = [Contender.Ninja(graph), Contender.Doit(graph), Contender.Snakemake(graph)];
        Contender[] all = [ours, .. rivals];
        foreach (var contender in all)
            await contender.Settle.RunAsync(cancellation);
        // Files written within the clock's last tick are not trusted yet; a second look settles them.
        await ours.Look.RunAsync(cancellation);
        for (var round = 0; round < Rounds; round++)
            foreach (var contender in all)
                if (round < SnakemakeRounds || contender != rivals[^1])
                    await contender.MeasureAsync(cancellation);
        return [Whole(ours), .. rivals.Select(rival => Against(ours, rival)), await OneChangeAsync(graph, ours, cancellation)];
    }

    private static BenchmarkResult Whole(Contender ours) => new(
        "no-op of 1,000 stages × 100 files", ours.Median, "ms", Bar: $"< {AllowedMilliseconds} ms", Pass: ours.Median < AllowedMilliseconds);

    private static BenchmarkResult Against(Contender ours, Contender rival)
    {
        var ratio = rival.Median / ours.Median;
        var against = string.Create(CultureInfo.InvariantCulture, $"{rival.Name}: {rival.Median:0} ms");
        return rival.Name == "Snakemake"
            ? new("the same, as whole process", ours.Median, "ms", against, ratio, $"ratio ≥ {AllowedRatio}", ratio >= AllowedRatio)
            : new("the same, as whole process", ours.Median, "ms", against, ratio);
    }

    private static async Task<BenchmarkResult> OneChangeAsync(SyntheticGraph graph, Contender ours, CancellationToken cancellation)
    {
        // Content that no earlier run of the benchmark has had: its result would be in the store.
        await File.WriteAllTextAsync(graph.OneFile, $"changed at {DateTime.UtcNow:O}\n", cancellation);
        await Task.Delay(100, cancellation);
        var (_, output) = await ours.Look.RunAsync(cancellation);
        await File.WriteAllTextAsync(graph.OneFile, SyntheticGraph.ContentOf(500, 50), cancellation);
        var words = output.Split(' ', StringSplitOptions.TrimEntries);
        var (ran, hashed) = (words[1], int.Parse(words[3], CultureInfo.InvariantCulture));
        return new("files read after one of 100,000 changed", hashed, "files", $"{ran} stage ran", Bar: "= 1",
            Pass: hashed == 1 && ran == "1");
    }

    private static async Task<string> PublishAsync(string root, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, ".build", "benchmarks", "many-stages");
        var publish = new WholeProcess(root, "dotnet", "publish", "-c", "Release", "tests/Support/ManyStages", "-o", folder);
        await publish.RunAsync(cancellation);
        return Path.Combine(folder, "Tmrvc.ManyStages");
    }
}
