using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>What one machine has computed the others restore, at few requests.</summary>
public sealed class SharedStoreTests
{
    private static readonly StageState[] OnlyTheTarget = [StageState.Cached, StageState.Cached, StageState.Restored];

    [Test]
    public async Task Another_machine_runs_nothing_and_fetches_the_target_alone()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        var made = await one.Checkout.Build("Last", new Chain().Stages);
        var chain = new Chain();
        var restored = await other.Checkout.Build("Last", chain.Stages);
        Assert.Multiple(() =>
        {
            Assert.That(restored.States(), Is.EqualTo(OnlyTheTarget));
            Assert.That(restored.Output("Last"), Is.EqualTo("X."));
            Assert.That((made.Uploaded, made.Downloaded, made.NotPushed), Is.EqualTo((4L, 0L, 0)), "1 + 1 + 2 bytes");
            Assert.That((restored.Uploaded, restored.Downloaded), Is.EqualTo((0L, 2L)));
            Assert.That(Worker.Locks(other.Checkout), Is.EqualTo(Worker.Locks(one.Checkout)));
            Assert.That(other.Requests.Seen.Count(request => request == "GET records"), Is.EqualTo(3), "one for each stage");
            Assert.That(other.Requests.Seen.Where(request => request.StartsWith("PUT", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [Test]
    public async Task A_run_that_finds_everything_fresh_or_cached_asks_nothing()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        await one.Checkout.Build("Last", new Chain().Stages);
        await other.Checkout.Build("Last", new Chain().Stages);
        one.Requests.Forget();
        other.Requests.Forget();
        Assert.That((await one.Checkout.Build("Last", new Chain().Stages)).States(), Is.All.EqualTo(StageState.Fresh));
        Assert.That((await other.Checkout.Build("Last", new Chain().Stages)).States(),
            Is.EqualTo(new[] { StageState.Cached, StageState.Cached, StageState.Fresh }));
        Assert.That(other.Checkout.Engine(new Chain().Stages).Plan(["Last"], Force.None).IsFresh);
        Assert.That(one.Requests.Seen.Concat(other.Requests.Seen), Is.Empty);
    }

    [Test]
    public async Task A_plan_asks_once_for_each_stage_that_is_not_fresh_here_and_tells_what_comes_over_the_network()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        await one.Checkout.Build("Last", new Chain().Stages);
        one.Requests.Forget();
        var plan = other.Checkout.Engine(new Chain().Stages).Plan(["Last"], Force.None);
        Assert.That(plan.Stages.Select(stage => stage.State), Is.EqualTo(new[] { PlannedState.Cached, PlannedState.Cached, PlannedState.Restore }));
        Assert.That((plan.Download, plan["Last"].Reason), Is.EqualTo((2L, $"{other.Store.Name} has its outputs")));
        Assert.That(other.Requests.Seen, Is.EqualTo(Enumerable.Repeat("GET records", 3)));
        Assert.That(other.Checkout.ArtifactFiles(), Is.Empty);
        one.Checkout.Engine(new Chain("changed").Stages).Plan(["Last"], Force.None);
        Assert.That(one.Requests.Seen, Is.EqualTo(new[] { "GET records" }), "for the changed one");
    }

    [Test]
    public async Task A_changed_setting_and_its_return_are_hits_wherever_they_were_computed()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, other) = (cache.Join(), cache.Join());
        await one.Checkout.Build("Last", new Chain().Stages);
        var changed = await other.Checkout.Build("Last", new Chain("b").Stages);
        Assert.That(changed.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Restored, StageState.Ran }));
        Assert.That((await other.Checkout.Build("Last", new Chain().Stages))["Last"].State, Is.EqualTo(StageState.Restored));
        Assert.That((await one.Checkout.Build("Last", new Chain("b").Stages))["Last"].State, Is.EqualTo(StageState.Restored));
    }

    [Test]
    public async Task What_was_finished_without_the_cache_is_pushed_by_the_next_run_with_it()
    {
        using var cache = await SharedCache.CreateAsync();
        var checkout = new Checkout();
        await checkout.Build("Last", new Chain().Stages);
        var one = cache.Connect(checkout);
        var again = await one.Checkout.Build("Last", new Chain().Stages);
        Assert.That(again.States(), Is.All.EqualTo(StageState.Fresh));
        Assert.That((again.Uploaded, again.NotPushed), Is.EqualTo((4L, 0)));
        Assert.That((await cache.Join().Checkout.Build("Last", new Chain().Stages)).States(), Is.EqualTo(OnlyTheTarget));
    }

    [Test]
    public async Task What_is_in_use_is_asked_for_now_and_then_which_rescues_what_a_clean_up_condemned()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Last", new Chain().Stages);
        var user = cache.Join();
        await user.Checkout.Build("Last", new Chain().Stages);
        await CondemnAsync(cache);
        user.Requests.Forget();
        await user.Checkout.Build("Last", new Chain().Stages);
        Assert.That(user.Requests.Seen, Is.Empty, "days have not gone by");
        user.Checkout.Pace = user.Checkout.Pace with { Reminder = TimeSpan.Zero };
        var summary = await user.Checkout.Build("Last", new Chain().Stages);
        Assert.That((summary.NotPushed, summary.Uploaded), Is.EqualTo((0, 0L)));
        Assert.That(await CondemnedAsync(cache), Is.Zero);
    }

    [Test]
    public async Task What_is_in_use_is_brought_again_where_it_is_gone_and_only_left_where_it_cannot_be()
    {
        using var cache = await SharedCache.CreateAsync();
        var maker = cache.Join();
        await maker.Checkout.Build("Last", new Chain().Stages);
        var user = cache.Join();
        await user.Checkout.Build("Last", new Chain().Stages);
        foreach (var name in await cache.NamesAsync("records"))
            await cache.Client.DeleteBlobAsync(name);
        foreach (var machine in new[] { user, maker })
        {
            machine.Checkout.Pace = machine.Checkout.Pace with { Reminder = TimeSpan.Zero };
            Assert.That((await machine.Checkout.Build("Last", new Chain().Stages)).NotPushed, Is.Zero);
        }
        Assert.That(await cache.NamesAsync("records"), Has.Length.EqualTo(3));
        Assert.That(user.Checkout.Seen.Lines, Has.None.Contains("could not be pushed"));
    }

    private static async Task CondemnAsync(SharedCache cache)
    {
        foreach (var name in await cache.NamesAsync("records"))
        {
            var blob = cache.Client.GetBlobClient(name);
            var metadata = (await blob.GetPropertiesAsync()).Value.Metadata;
            metadata["condemned"] = "2026-01-01T00:00:00Z";
            await blob.SetMetadataAsync(metadata);
        }
    }

    private static async Task<int> CondemnedAsync(SharedCache cache)
    {
        var count = 0;
        foreach (var name in await cache.NamesAsync("records"))
            count += (await cache.Client.GetBlobClient(name).GetPropertiesAsync()).Value.Metadata.ContainsKey("condemned") ? 1 : 0;
        return count;
    }

    [Test]
    public async Task Uploads_go_on_while_later_stages_run_and_the_run_waits_for_them()
    {
        using var cache = await SharedCache.CreateAsync();
        var (one, chain) = (cache.Join(), new Chain());
        one.Requests.Before = async words =>
        {
            for (var waited = 0; words == "PUT packs" && chain.Last.Runs == 0 && waited < 1000; waited++)
                await Task.Delay(10);
        };
        var seen = new Transcript();
        var summary = await one.Checkout.Engine(chain.Stages).Start(["Last"], RunOptions.Default, seen).Finished;
        Assert.That(summary.Uploaded, Is.EqualTo(4));
        var lines = seen.Lines.ToList();
        Assert.That(lines.IndexOf("Last is Running"), Is.LessThan(lines.IndexOf("Source upload 1/1")).And.GreaterThan(0), string.Join('\n', lines));
        Assert.That(await cache.NamesAsync("records"), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_cache_that_is_only_read_gets_no_other_requests()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Last", new Chain().Stages);
        var reader = cache.Join(readOnly: true);
        var summary = await reader.Checkout.Build("Last", new Chain("b").Stages);
        Assert.That(summary.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Restored, StageState.Ran }));
        Assert.That((summary.Result, summary.NotPushed), Is.EqualTo((RunResult.Done, 0)));
        Assert.That(reader.Requests.Seen, Is.All.StartsWith("GET"));
    }

    [Test]
    public async Task A_cache_out_of_reach_changes_nothing_but_that_the_next_run_pushes()
    {
        using var cache = await SharedCache.CreateAsync();
        var one = cache.Join();
        one.Requests.Before = _ => throw new HttpRequestException("no network");
        var (alone, chain) = (await one.Checkout.Build("Last", new Chain().Stages), new Chain());
        Assert.That(alone.States(), Is.All.EqualTo(StageState.Ran));
        Assert.That((alone.Result, alone.NotPushed), Is.EqualTo((RunResult.Done, 3)));
        one.Requests.Before = _ => Task.CompletedTask;
        Assert.That((await one.Checkout.Build("Last", chain.Stages)).NotPushed, Is.Zero);
        Assert.That((await cache.Join().Checkout.Build("Last", chain.Stages)).States(), Is.EqualTo(OnlyTheTarget));
    }
}
