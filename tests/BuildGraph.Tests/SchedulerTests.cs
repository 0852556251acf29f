using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

public sealed class SchedulerTests
{
    /// <summary>Counts how many of its stages run at the same time; each gives so many as are expected the time to come.</summary>
    private sealed class Meter(int expected)
    {
        private int _now, _peak;

        public int Peak => _peak;

        public TestAction Stage(StageId id, StageResources needs) => new(id, run =>
        {
            var now = Interlocked.Increment(ref _now);
            for (var peak = _peak; now > peak; peak = _peak)
                Interlocked.CompareExchange(ref _peak, now, peak);
            SpinWait.SpinUntil(() => _peak >= expected, TimeSpan.FromSeconds(2));
            Thread.Sleep(60); // for one more than that
            Interlocked.Decrement(ref _now);
            File.WriteAllText(run.Output("out.txt"), id.Value);
        })
        { Needs = needs };
    }

    private static async Task RequirePeak(int expected, StageResources needs, int? jobs = null)
    {
        using var checkout = new Checkout();
        var meter = new Meter(expected);
        await checkout.Run(RunOptions.Default with { Jobs = jobs }, [.. Enumerable.Range(0, 6).Select(index => meter.Stage($"S{index}", needs))]);
        Assert.That(meter.Peak, Is.EqualTo(expected), needs.ToString());
    }

    [Test]
    public async Task Ready_stages_run_side_by_side_within_each_resource()
    {
        await RequirePeak(2, new() { Cores = 2 }); // of 4
        await RequirePeak(1, new() { Cores = 1, Gpus = 1 }); // of 1
        await RequirePeak(2, new() { Cores = 0, NetworkSlots = 1 }); // of 2
        await RequirePeak(1, new() { Cores = 1 }, jobs: 1);
    }

    [Test]
    public Task A_stage_that_wants_more_than_the_machine_has_gets_all_of_it() => RequirePeak(1, new() { Cores = 64, Gpus = 8 });

    [Test]
    public async Task Each_stage_completes_as_soon_as_it_has_settled()
    {
        using var checkout = new Checkout();
        var release = new TaskCompletionSource();
        var slow = new TestAction("Slow", _ => { })
        {
            Async = async (run, _) =>
            {
                await release.Task;
                await File.WriteAllTextAsync(run.Output("out.txt"), "s", CancellationToken.None);
            },
        };
        var run = checkout.Engine(Make.Source("Quick", "q"), slow)
            .Start(["Quick", "Slow"], RunOptions.Default, new SilentObserver());
        Assert.That((await run.Completion("Quick")).State, Is.EqualTo(StageState.Ran));
        Assert.That(run.Completion("Slow").IsCompleted, Is.False);
        release.SetResult();
        Assert.That((await run.Finished).Result, Is.EqualTo(RunResult.Done));
        Assert.That(() => run.Completion("Nobody"), Throws.ArgumentException);
    }

    [Test]
    public async Task The_observer_sees_every_state_in_order_and_the_stage_s_lines()
    {
        using var checkout = new Checkout();
        var observer = new Transcript();
        var stage = new TestAction("Talks", run =>
        {
            run.Log("hello");
            run.Progress.Report(new StageProgress(1, 2, "steps"));
            File.WriteAllText(run.Output("out.txt"), "x");
        });
        await checkout.Engine(stage).Start(["Talks"], RunOptions.Default, observer).Finished;
        Assert.That(observer.Lines, Is.EqualTo(new[] { "Talks is Running", "Talks: hello", "Talks 1/2 steps", "Talks is Ran" }));
    }

    [Test]
    public async Task Forcing_one_stage_reruns_it_alone_when_its_bytes_are_the_same()
    {
        using var checkout = new Checkout();
        var (source, upper) = (Make.Source("Source", "x"), Make.Upper("Upper", Make.From("Source")));
        await checkout.Run(source, upper);
        var forced = await checkout.Run(RunOptions.Default with { Force = Force.Of("Source") }, source, upper);
        Assert.That(forced.States(), Is.EqualTo(new[] { StageState.Ran, StageState.Fresh }));
        Assert.That((await checkout.Run(RunOptions.Default with { Force = Force.Everything }, source, upper)).States(),
            Is.All.EqualTo(StageState.Ran));
    }

    [Test]
    public async Task Only_what_the_targets_need_runs()
    {
        using var checkout = new Checkout();
        var other = Make.Source("Other", "o");
        await checkout.Engine(Make.Source("Wanted", "w"), other)
            .Start(["Wanted"], RunOptions.Default, new SilentObserver()).Finished;
        Assert.That(other.Runs, Is.Zero);
    }
}
