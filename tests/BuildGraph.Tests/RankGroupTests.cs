using System.Diagnostics;
using System.Globalization;
using Tmrvc.BuildGraph.Tests.Support;
using Tmrvc.GraphWorker;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>A model that several processes train: how they start, fail, stop and are never left behind.</summary>
public sealed class RankGroupTests
{
    private Checkout _checkout = null!;

    [SetUp]
    public void Make()
    {
        _checkout = new Checkout();
        _checkout.Write("word.txt", "made");
        _checkout.Write("count.txt", "2");
    }

    [TearDown]
    public void Remove() => _checkout.Dispose();

    [Test]
    public async Task What_rank_0_makes_is_the_stage_s_and_the_number_of_ranks_changes_no_key()
    {
        _checkout.Write("hurry.txt", "");
        var (summary, lines) = await RunAsync();
        Assert.That(summary["Together"].State, Is.EqualTo(StageState.Ran), string.Join('\n', lines));
        Assert.That(lines.Where(line => line.Contains("starts at")), Is.EqualTo(new[] { "Together: rank 0 starts at 0" }));
        Assert.That(_checkout.ArtifactFiles(), Has.Some.StartsWith("store/objects"));
        _checkout.Write("count.txt", "3");
        Assert.That((await RunAsync()).Summary["Together"].State, Is.EqualTo(StageState.Fresh));
    }

    [Test]
    public async Task A_killed_rank_ends_the_stage_with_its_name_and_one_process_goes_on_from_the_checkpoints()
    {
        var running = RunAsync();
        using var killed = await RankAsync(1);
        using var other = await RankAsync(0);
        await CheckpointAsync();
        var (id, watch) = (killed.Id, Stopwatch.StartNew());
        killed.Kill();
        var (summary, _) = await running;
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
        Assert.That(summary["Together"].State, Is.EqualTo(StageState.Failed));
        Assert.That(summary["Together"].Reason, Does.Contain($"rank 1 (process {id}) was ended by signal 9"));
        Assert.That(other.WaitForExit(TimeSpan.FromSeconds(10)), Is.True, "rank 0 is left behind");

        _checkout.Write("count.txt", "1");
        _checkout.Write("hurry.txt", "");
        var (resumed, lines) = await RunAsync();
        Assert.That(resumed["Together"].State, Is.EqualTo(StageState.Ran));
        Assert.That(lines, Has.None.EndsWith("starts at 0").And.Some.Contains("rank 0 starts at"));
    }

    [Test]
    public async Task A_rank_that_fails_says_why()
    {
        _checkout.Write("fail.txt", "");
        var (summary, _) = await RunAsync();
        Assert.That(summary["Together"].Reason, Does.Contain("rank 1").And.Contain("failed: utterance 7 is lost"));
    }

    [Test]
    public async Task Cancellation_lets_all_ranks_save_and_leave()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(stop.Token);
        using var first = await RankAsync(0);
        using var second = await RankAsync(1);
        await CheckpointAsync();
        await stop.CancelAsync();
        Assert.That((await running).Summary.Result, Is.EqualTo(RunResult.Preempted));
        Assert.That(first.WaitForExit(TimeSpan.FromSeconds(10)) && second.WaitForExit(TimeSpan.FromSeconds(10)), Is.True, "a rank is left behind");
    }

    [Test]
    public async Task When_the_front_end_is_killed_no_rank_stays()
    {
        using var frontEnd = new Worker(_checkout, "together");
        using var first = await RankAsync(0);
        using var second = await RankAsync(1);
        frontEnd.Kill();
        Assert.That(first.WaitForExit(TimeSpan.FromSeconds(15)) && second.WaitForExit(TimeSpan.FromSeconds(15)), Is.True, "a rank is left behind");
    }

    private async Task<(RunSummary Summary, IReadOnlyList<string> Lines)> RunAsync(CancellationToken cancellation = default)
    {
        var engine = new Engine(new StageGraph([new Together(_checkout.Root)]), _checkout.Options with { Ranks = Together.Program(_checkout.Root) });
        var seen = new Transcript();
        return (await engine.Start(["Together"], RunOptions.Default, seen, cancellation).Finished, seen.Lines);
    }

    private async Task<Process> RankAsync(int rank)
    {
        var file = Path.Combine(_checkout.Root, "pids", $"{rank}");
        while (!File.Exists(file)) await Task.Delay(10);
        return Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture));
    }

    private async Task CheckpointAsync()
    {
        var runs = Path.Combine(_checkout.Artifacts, "runs", "smoke", "Together");
        while (!Directory.EnumerateFiles(runs, "step-*", SearchOption.AllDirectories).Any(path => path.Contains("/checkpoints/") && !path.Contains("/work/"))) await Task.Delay(10);
    }
}
