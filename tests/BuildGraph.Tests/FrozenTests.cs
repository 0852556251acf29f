using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>A revision's lock files and a cache give its artifacts: nothing runs, nothing else is believed.</summary>
public sealed class FrozenTests
{
    private static readonly RunOptions Frozen = RunOptions.Default with { Frozen = true };

    /// <summary>The chain on top of a file of the user's.</summary>
    private static Stage[] FromFile(string last = "")
    {
        var chain = new Chain(last);
        return [Make.Upper("Source", new StageInput.File("file", "data.txt")), chain.Upper, chain.Last];
    }

    private static Task<RunSummary> Build(Machine machine, params Stage[] stages) =>
        machine.Checkout.Engine(stages).Start(["Last"], Frozen, machine.Checkout.Seen).Finished;

    private static async Task<Machine> Made(SharedCache cache, string last = "")
    {
        var machine = cache.Join();
        machine.Checkout.Write("data.txt", "x");
        await machine.Checkout.Build("Last", FromFile(last));
        return machine;
    }

    /// <summary>A clone has the lock files and no data.</summary>
    private static Machine Clone(SharedCache cache, Machine of)
    {
        var clone = cache.Join();
        CopyLocks(of, clone);
        return clone;
    }

    private static void CopyLocks(Machine from, Machine to)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(from.Checkout.Artifacts, "lock/smoke")))
            to.Checkout.Write($"artifacts/lock/smoke/{Path.GetFileName(path)}", File.ReadAllText(path));
    }

    private static string Lock(Machine machine, string stage) => Path.Combine(machine.Checkout.Artifacts, $"lock/smoke/{stage}.yaml");

    [Test]
    public async Task A_clone_without_data_gets_the_target_and_nothing_runs()
    {
        using var cache = await SharedCache.CreateAsync();
        var clone = Clone(cache, await Made(cache));
        var plan = clone.Checkout.Engine(FromFile()).Plan(["Last"], Frozen);
        Assert.That(plan.Stages.Select(stage => stage.State), Is.EqualTo(new[] { PlannedState.Cached, PlannedState.Cached, PlannedState.Restore }));
        clone.Requests.Forget();
        var summary = await Build(clone, FromFile());
        Assert.That(summary.States(), Is.EqualTo(new[] { StageState.Cached, StageState.Cached, StageState.Restored }));
        Assert.That((summary.Result, summary.Output("Last"), summary.Downloaded), Is.EqualTo((RunResult.Done, "X.", 2L)));
        Assert.That(clone.Requests.Seen.Where(request => !request.StartsWith("GET", StringComparison.Ordinal)), Is.Empty);
        clone.Requests.Forget();
        Assert.That((await Build(clone, FromFile()))["Last"].State, Is.EqualTo(StageState.Fresh));
        Assert.That(clone.Requests.Seen, Is.Empty);
    }

    [Test]
    public async Task An_older_revision_comes_back_after_a_newer_one()
    {
        using var cache = await SharedCache.CreateAsync();
        var machine = await Made(cache, "old");
        var old = Clone(cache, machine);
        await machine.Checkout.Build("Last", FromFile("new"));
        var (newer, older) = (Clone(cache, machine), old);
        Assert.That((await Build(newer, FromFile("new"))).Output("Last"), Is.EqualTo("X.new"));
        Assert.That((await Build(older, FromFile("old"))).Output("Last"), Is.EqualTo("X.old"));
    }

    [Test]
    public async Task A_setting_that_the_lock_file_does_not_know_of_is_named_old_and_new()
    {
        using var cache = await SharedCache.CreateAsync();
        var clone = Clone(cache, await Made(cache, "locked"));
        var before = File.ReadAllText(Lock(clone, "Last"));
        var summary = await Build(clone, FromFile("mine"));
        Assert.That((summary.Result, summary["Last"].State), Is.EqualTo((RunResult.Failed, StageState.Blocked)));
        Assert.That(summary["Last"].Reason, Is.EqualTo(
            "its lock file is out of date: settings.text: \"locked\" → \"mine\". Build it without --frozen"));
        Assert.That(File.ReadAllText(Lock(clone, "Last")), Is.EqualTo(before));
    }

    [Test]
    public async Task Inputs_that_are_here_have_to_be_those_that_were_locked()
    {
        using var cache = await SharedCache.CreateAsync();
        var clone = Clone(cache, await Made(cache));
        clone.Checkout.Write("data.txt", "x");
        Assert.That((await Build(clone, FromFile())).Result, Is.EqualTo(RunResult.Done));
        clone.Checkout.Write("data.txt", "other");
        Assert.That((await Build(clone, FromFile()))["Source"].Reason, Does.StartWith("its lock file is out of date: input.file: file "));
    }

    [Test]
    public async Task What_cannot_be_had_is_named_with_its_key_and_where_it_was_sought()
    {
        using var cache = await SharedCache.CreateAsync();
        var made = await Made(cache);
        var clone = Clone(cache, made);
        var key = File.ReadLines(Lock(clone, "Last")).First()["key: ".Length..];
        foreach (var name in await cache.NamesAsync("packs"))
            await cache.Client.DeleteBlobAsync(name);
        var lost = await Build(clone, FromFile());
        Assert.That((lost["Last"].State, lost["Last"].Reason), Is.EqualTo((StageState.Failed,
            $"Stage Last: outputs of key {key} are missing or damaged here and in {clone.Store.Name}.")));
        foreach (var name in await cache.NamesAsync("records"))
            await cache.Client.DeleteBlobAsync(name);
        var unknown = Clone(cache, made);
        Assert.That((await Build(unknown, FromFile()))["Last"].Reason, Does.Contain("needs Upper"));
        Assert.That(unknown.Checkout.Engine(FromFile()).Plan(["Last"], Frozen)["Last"].Reason, Is.EqualTo(
            $"no record of key {key} is here or in {unknown.Store.Name}"));
        unknown.Checkout.Shared = null;
        Assert.That(unknown.Checkout.Engine(FromFile()).Plan(["Last"], Frozen)["Last"].Reason, Is.EqualTo(
            $"no record of key {key} is here or in a cache (none was given)"));
        File.Delete(Lock(unknown, "Last"));
        Assert.That(unknown.Checkout.Engine(FromFile()).Plan(["Last"], Frozen)["Last"].Reason, Does.EndWith(
            "there is no such lock file. Build it without --frozen"));
    }

    [Test]
    public async Task A_record_with_other_outputs_than_the_lock_file_s_is_not_taken()
    {
        using var cache = await SharedCache.CreateAsync();
        var clone = Clone(cache, await Made(cache));
        var path = Lock(clone, "Last");
        File.WriteAllText(path, File.ReadAllText(path).Replace("  out.txt: ", "  out.txt: 00", StringComparison.Ordinal)[..^3] + "\n");
        var summary = await Build(clone, FromFile());
        Assert.That(summary["Last"].Reason, Does.EndWith("names other outputs than its lock file"));
    }

    [Test]
    public async Task What_was_made_here_under_the_same_key_gives_way_to_what_the_lock_file_names()
    {
        using var cache = await SharedCache.CreateAsync();
        var clone = await MadeOtherwiseAsync(cache);
        var plan = clone.Checkout.Engine(Moody("mine")).Plan(["Moody"], Frozen);
        Assert.That(plan["Moody"].State, Is.EqualTo(PlannedState.Restore), plan["Moody"].Reason);
        var summary = await clone.Checkout.Engine(Moody("mine")).Start(["Moody"], Frozen, clone.Checkout.Seen).Finished;
        Assert.That((summary["Moody"].State, summary.Output("Moody")), Is.EqualTo((StageState.Restored, "locked")));
        clone.Requests.Forget();
        var again = await clone.Checkout.Engine(Moody("mine")).Start(["Moody"], Frozen, clone.Checkout.Seen).Finished;
        Assert.That((again["Moody"].State, again.Output("Moody")), Is.EqualTo((StageState.Fresh, "locked")));
        Assert.That(clone.Requests.Seen, Is.Empty);
    }

    [Test]
    public async Task A_pull_replaces_what_was_made_here_under_the_same_key_by_what_the_lock_file_names()
    {
        using var cache = await SharedCache.CreateAsync();
        var clone = await MadeOtherwiseAsync(cache);
        var pulled = (await clone.Checkout.Engine(Moody("mine")).PullAsync(clone.Checkout.Seen)).Stages.Single();
        Assert.That((pulled.Result, pulled.Reason), Is.EqualTo((TransferResult.Moved, "")));
        Assert.That((await clone.Checkout.Build("Moody", Moody("mine"))).Output("Moody"), Is.EqualTo("locked"));
    }

    /// <summary>A machine that has made other bytes under the key that its lock file names.</summary>
    private static async Task<Machine> MadeOtherwiseAsync(SharedCache cache)
    {
        var first = cache.Join();
        await first.Checkout.Build("Moody", Moody("locked"));
        var checkout = new Checkout();
        await checkout.Build("Moody", Moody("mine"));
        var clone = cache.Connect(checkout);
        CopyLocks(first, clone);
        return clone;
    }

    /// <summary>Writes what no key tells, as a GPU may.</summary>
    private static TestAction Moody(string content) => new("Moody", run => File.WriteAllText(run.Output("out.txt"), content));
}
