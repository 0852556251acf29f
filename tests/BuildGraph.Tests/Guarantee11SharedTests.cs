using Azure.Storage.Blobs.Specialized;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 11 between machines: no key runs twice at once, a dead holder does not block, a zombie overwrites nothing.</summary>
public sealed class Guarantee11SharedTests
{
    private static Checkout Prepared()
    {
        var checkout = new Checkout();
        checkout.Write("count.txt", "40");
        return checkout;
    }

    [Test]
    public async Task Two_machines_that_start_the_same_stale_target_run_each_stage_once_in_total()
    {
        using var cache = await SharedCache.CreateAsync();
        using var one = Prepared();
        using var other = Prepared();
        using var first = new Worker(one, cache.Where);
        using var second = new Worker(other, cache.Where);
        var ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());
        Assert.That(ends.Select(end => end.ExitCode), Is.All.Zero, string.Concat(ends.Select(end => end.Output)));
        Assert.That(Worker.Started(one).Concat(Worker.Started(other)), Is.EquivalentTo(new[] { "Split", "Square", "Learn", "Finish" }),
            string.Concat(ends.Select(end => end.Output)));
        Assert.That(Worker.Locks(other), Is.EqualTo(Worker.Locks(one)));
    }

    [Test]
    public async Task A_machine_that_dies_within_a_stage_loses_it_to_one_that_waits()
    {
        using var cache = await SharedCache.CreateAsync();
        using var one = Prepared();
        using var other = Prepared();
        using var victim = new Worker(one, cache.Where);
        await Worker.UntilStartedAsync(one, "Learn");
        for (var waited = 0; (await cache.NamesAsync("records")).Length < 2 && waited < 600; waited++)
            await Task.Delay(50); // what it had finished is on its way beside its work
        victim.Kill();
        using var survivor = new Worker(other, cache.Where);
        var (exitCode, output) = await survivor.EndAsync();
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("Learn: waits for another machine that is running it"));
        Assert.That(Worker.Started(other), Is.EquivalentTo(new[] { "Learn", "Finish" }), output);
    }

    [Test]
    public async Task A_waiting_stage_takes_nothing_of_the_machine_and_is_restored_when_its_record_appears()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        var (started, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Slow("one", started, release.Task);
        var holder = one.Checkout.Build("Slow", slow);
        await started.Task;
        var (same, free) = (Slow("other", new TaskCompletionSource(), Task.CompletedTask), Make.Source("Free", "f"));
        var run = other.Checkout.Engine(same, free)
            .Start(["Slow", "Free"], RunOptions.Default with { Jobs = 1 }, other.Checkout.Seen);
        Assert.That((await run.Completion("Free")).State, Is.EqualTo(StageState.Ran));
        Assert.That(run.Completion("Slow").IsCompleted, Is.False);
        release.SetResult();
        var (made, waited) = (await holder, await run.Finished);
        Assert.That((made["Slow"].State, waited["Slow"].State, same.Runs), Is.EqualTo((StageState.Ran, StageState.Restored, 0)));
        Assert.That(waited.Output("Slow"), Is.EqualTo("one"));
        Assert.That(other.Checkout.Seen.Lines, Has.One.EqualTo("Slow: waits for another machine that is running it"));
    }

    [Test]
    public async Task A_machine_that_lost_its_lease_gives_way_to_the_one_that_finished_first()
    {
        using var cache = await SharedCache.CreateAsync();
        var (zombie, other) = (cache.Join(), cache.Join());
        var (started, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var late = zombie.Checkout.Build("Slow", Slow("late", started, release.Task));
        await started.Task;
        var lease = cache.Client.GetBlobClient((await cache.NamesAsync("leases")).Single());
        await lease.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        var first = await other.Checkout.Build("Slow", Slow("first", new TaskCompletionSource(), Task.CompletedTask));
        Assert.That((first["Slow"].State, first.Output("Slow")), Is.EqualTo((StageState.Ran, "first")));
        await Task.Delay(SharedCache.Quick.LeaseRenewal + TimeSpan.FromSeconds(1));
        release.SetResult();
        var gaveWay = await late;
        Assert.That(gaveWay.Output("Slow"), Is.EqualTo("first"));
        Assert.That(zombie.Checkout.Seen.Lines, Has.One.Contains("lease on").And.One.Contains("those were first and count"));
        Assert.That(Worker.Locks(zombie.Checkout), Is.EqualTo(Worker.Locks(other.Checkout)));
    }

    [Test]
    public async Task Processes_of_one_machine_wait_for_each_other_without_asking_the_cache()
    {
        using var cache = await SharedCache.CreateAsync();
        var machine = cache.Join();
        var (started, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = machine.Checkout.Build("Slow", Slow("x", started, release.Task));
        await started.Task;
        machine.Requests.Forget();
        var second = machine.Checkout.Build("Slow", Slow("y", new TaskCompletionSource(), Task.CompletedTask));
        await Task.Delay(700);
        Assert.That(machine.Requests.Seen.Count(request => request == "GET records"), Is.EqualTo(1), "when it decided");
        release.SetResult();
        Assert.That((await Task.WhenAll(first, second)).Select(summary => summary["Slow"].State),
            Is.EqualTo(new[] { StageState.Ran, StageState.Fresh }));
        Assert.That(machine.Checkout.Seen.Lines, Has.One.EqualTo("Slow: waits for another process that is running it"));
    }

    [Test]
    public async Task With_and_without_a_cache_the_artifacts_are_the_same()
    {
        using var cache = await SharedCache.CreateAsync();
        using var alone = new Checkout();
        await alone.Build("Last", new Chain("z").Stages);
        var (one, other) = (cache.Join(), cache.Join());
        await one.Checkout.Build("Upper", new Chain("z").Stages);
        await other.Checkout.Build("Last", new Chain("z").Stages);
        Assert.That(Worker.Locks(other.Checkout), Is.EqualTo(Worker.Locks(alone)));
    }

    private static TestAction Slow(string content, TaskCompletionSource started, Task release) => new("Slow", _ => { })
    {
        Async = async (run, _) =>
        {
            started.TrySetResult();
            await release;
            await File.WriteAllTextAsync(run.Output("out.txt"), content, CancellationToken.None);
        },
    };
}
