using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Pull and Push move what the lock files name.</summary>
public sealed class LockedTransferTests
{
    private static void CopyLocks(Checkout from, Checkout to)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(from.Artifacts, "lock/smoke")))
            to.Write($"artifacts/lock/smoke/{Path.GetFileName(path)}", File.ReadAllText(path));
    }

    [Test]
    public async Task Push_brings_everything_finished_and_Pull_restores_it_elsewhere()
    {
        using var cache = await SharedCache.CreateAsync();
        var checkout = new Checkout();
        await checkout.Build("Last", new Chain().Stages);
        var (one, other) = (cache.Connect(checkout), cache.Join());
        var pushed = await one.Checkout.Engine(new Chain().Stages).PushAsync(one.Checkout.Seen);
        Assert.That(pushed.Stages.Select(stage => (stage.Stage.Value, stage.Result, stage.Bytes)), Is.EqualTo(new[]
        {
            ("Last", TransferResult.Moved, 2L), ("Source", TransferResult.Moved, 1L), ("Upper", TransferResult.Moved, 1L),
        }));
        Assert.That((pushed.IsComplete, pushed.Travelled), Is.EqualTo((true, 4L)));
        CopyLocks(checkout, other.Checkout);
        var pulled = await other.Checkout.Engine(new Chain().Stages).PullAsync(other.Checkout.Seen);
        Assert.That((pulled.IsComplete, pulled.Travelled), Is.EqualTo((true, 4L)));
        Assert.That((await other.Checkout.Build("Last", new Chain().Stages)).States(), Is.All.EqualTo(StageState.Fresh));
        Assert.That((await other.Checkout.Engine(new Chain().Stages).PullAsync(other.Checkout.Seen)).Stages.Select(stage => stage.Result),
            Is.All.EqualTo(TransferResult.AlreadyThere));
        Assert.That((await one.Checkout.Engine(new Chain().Stages).PushAsync(one.Checkout.Seen)).Stages.Select(stage => stage.Result),
            Is.All.EqualTo(TransferResult.AlreadyThere));
    }

    [Test]
    public async Task What_was_left_in_the_cache_because_no_stage_needed_it_is_where_a_push_wants_it()
    {
        using var cache = await SharedCache.CreateAsync();
        await cache.Join().Checkout.Build("Upper", new Chain().Stages);
        var other = cache.Join();
        Assert.That((await other.Checkout.Build("Last", new Chain().Stages)).States(), Is.EqualTo(new[] { StageState.Cached, StageState.Restored, StageState.Ran }));

        var pushed = await other.Checkout.Engine(new Chain().Stages).PushAsync(other.Checkout.Seen);

        Assert.That(pushed.Stages.Select(stage => stage.Result), Is.All.EqualTo(TransferResult.AlreadyThere));
        Assert.That(pushed.IsComplete);
    }

    [Test]
    public async Task What_cannot_be_moved_is_named()
    {
        using var cache = await SharedCache.CreateAsync();
        using var checkout = new Checkout();
        await checkout.Build("Last", new Chain().Stages);
        var (other, reader) = (cache.Join(), cache.Join(readOnly: true));
        CopyLocks(checkout, other.Checkout);
        CopyLocks(checkout, reader.Checkout);
        var key = (await checkout.Build("Last", new Chain().Stages))["Upper"].Record!.Key;
        var pulled = await other.Checkout.Engine(new Chain().Stages).PullAsync(other.Checkout.Seen);
        Assert.That(pulled.IsComplete, Is.False);
        Assert.That(pulled.Stages.Single(stage => stage.Stage == "Upper").Reason, Is.EqualTo($"no record of key {key} is here or in {other.Store.Name}"));
        var pushed = await other.Checkout.Engine(new Chain().Stages).PushAsync(other.Checkout.Seen);
        Assert.That(pushed.Stages.Select(stage => stage.Reason), Has.One.EqualTo($"nothing with key {key} has been finished here"));
        Assert.That((await reader.Checkout.Engine(new Chain().Stages).PushAsync(reader.Checkout.Seen)).Stages.Select(stage => stage.Reason),
            Is.All.EqualTo($"{reader.Store.Name} is read-only"));
        Assert.That(() => checkout.Engine(new Chain().Stages).PushAsync(checkout.Seen), Throws.InvalidOperationException);
    }
}
