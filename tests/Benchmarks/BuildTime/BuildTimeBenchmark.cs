namespace Tmrvc.Benchmarks.BuildTime;

/// <summary>
/// What a newcomer waits for: <c>./build.sh</c> in a fresh clone of the last commit with no package cache, stage by stage, and then
/// again with nothing to do. Debian packages that are installed already stay so.
/// </summary>
internal sealed class BuildTimeBenchmark : IBenchmark
{
    private const int WarmRounds = 5;
    private const double AllowedColdMinutes = 20, AllowedPipelineMinutes = 8, AllowedWarmSeconds = 0.7;

    public string Name => "build-time";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var clone = Path.Combine(root, ".build", "benchmarks", "clone");
        if (Directory.Exists(clone))
            Directory.Delete(clone, recursive: true);
        await new WholeProcess(root, "git", "clone", "--quiet", root, clone).RunAsync(cancellation);
        log.WriteLine("  runs ./build.sh in a fresh clone");
        var build = new WholeProcess(clone, Path.Combine(clone, "build.sh")) { Environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(clone, ".build", "nuget") } };
        var (cold, _) = await build.RunAsync(cancellation);
        var stages = StageTimes.Of(clone);
        return [.. Cold(cold / 60_000, stages), await WarmAsync(build, cancellation)];
    }

    private static IEnumerable<BenchmarkResult> Cold(double minutes, IReadOnlyList<StageTime> stages)
    {
        var pipeline = stages.Sum(stage => stage.Seconds) / 60;
        yield return new("./build.sh, cold, set-up included", minutes, "min", Bar: $"≤ {AllowedColdMinutes} min", Pass: minutes <= AllowedColdMinutes);
        yield return new("the stages alone", pipeline, "min", Bar: $"≤ {AllowedPipelineMinutes} min", Pass: pipeline <= AllowedPipelineMinutes);
        foreach (var stage in stages)
            yield return new($"  {stage.Stage}", stage.Seconds, "s");
    }

    private static async Task<BenchmarkResult> WarmAsync(WholeProcess build, CancellationToken cancellation)
    {
        var times = new List<double>();
        for (var round = 0; round < WarmRounds; round++)
            times.Add((await build.RunAsync(cancellation)).Milliseconds / 1000);
        var median = times.Order().ElementAt(WarmRounds / 2);
        return new("./build.sh again, nothing to do", median, "s", Bar: $"< {AllowedWarmSeconds} s", Pass: median < AllowedWarmSeconds);
    }
}
