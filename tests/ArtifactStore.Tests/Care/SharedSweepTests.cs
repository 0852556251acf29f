using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.ArtifactStore.Tests.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Care;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedSweepTests
{
    /// <summary>Everything counts as old: no test waits for a server's clock.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(-1);

    private SharedContainer _container = null!;
    private BlobStore _store = null!;
    private LocalStore _machine = null!;

    [SetUp]
    public async Task SetUp()
    {
        _container = await SharedContainer.CreateAsync();
        _store = _container.Open();
        _machine = _container.Machine("here");
    }

    [TearDown]
    public void TearDown() => _container.Dispose();

    private static ContentHash Key(string name) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(name));

    private static SharedSweepOptions Old(params string[] keys) =>
        new(keys.Select(Key).ToHashSet(), Never, TimeSpan.Zero) { LongestPush = Never };

    private EntrySet Publish(int seed) => _container.Publish(_machine,
        ("large.bin", Content.Of(seed, 5_000_000)), ("files/own", Content.Of(seed + 1000, 3000)), ("files/shared", Content.Of(1, 3000)));

    private async Task<EntrySet> Push(string key, int seed)
    {
        var set = Publish(seed);
        await _store.PushAsync(set, _machine, null, default);
        await _store.AddRecordAsync(Key(key), set, System.Text.Encoding.UTF8.GetBytes(key), default);
        return set;
    }

    private Task<SharedSweepFigures> Sweep(SharedSweepOptions options, Func<SharedBlob, RecordFate, Task>? decided = null) =>
        new SharedSweep(_container.Open().Inventory, options).RunAsync(decided ?? ((_, _) => Task.CompletedTask), default);

    private async Task<bool> CanPull(EntrySet set)
    {
        var other = _container.Machine($"there-{Guid.NewGuid()}");
        return await _container.Open().PullAsync(set, other, null, default) && other.TryRestore(set);
    }

    private static int Count(SharedSweepFigures figures, RecordFate fate) => figures.Records.GetValueOrDefault(fate);

    [Test]
    public async Task What_is_named_stays_and_the_rest_is_condemned_first_and_deleted_by_a_later_sweep()
    {
        var (kept, gone) = (await Push("kept", 1), await Push("gone", 2));

        var first = await Sweep(Old("kept"));
        Assert.That((Count(first, RecordFate.Kept), Count(first, RecordFate.Condemned), first.DeletedContent), Is.EqualTo((1, 1, default(BlobTotals))));
        Assert.That(await CanPull(gone), "a build that has found it before may still want it");
        var second = await Sweep(Old("kept"));

        Assert.That((Count(second, RecordFate.Kept), Count(second, RecordFate.Deleted)), Is.EqualTo((1, 1)));
        Assert.That(second.DeletedContent.Count, Is.EqualTo(3), "the index, a pack and an object");
        Assert.That((await CanPull(kept), await CanPull(gone)), Is.EqualTo((true, false)));
        Assert.That(await _store.FindRecordAsync(Key("gone"), default), Is.Null);
        Assert.That((await Sweep(Old("kept"))).DeletedContent.Count, Is.Zero, "nothing is left to do");
    }

    [Test]
    public async Task Within_grace_and_delay_nothing_is_touched()
    {
        await Push("recent", 1);

        var young = await Sweep(Old() with { Grace = TimeSpan.FromHours(1) });
        await Sweep(Old());
        var waiting = await Sweep(Old() with { Delay = TimeSpan.FromHours(1) });

        Assert.That((Count(young, RecordFate.Kept), Count(waiting, RecordFate.Waiting)), Is.EqualTo((1, 1)));
        Assert.That(waiting.DeletedContent.Count, Is.Zero);
    }

    [Test]
    public async Task A_build_that_finds_a_condemned_record_rescues_it()
    {
        await Push("wanted", 1);
        await Sweep(Old());

        Assert.That(await _store.FindRecordAsync(Key("wanted"), default), Is.Not.Null);

        Assert.That(Count(await Sweep(Old() with { Grace = TimeSpan.FromHours(1) }), RecordFate.Kept), Is.EqualTo(1), "and its grace began anew");
    }

    [Test]
    public async Task A_build_that_finds_a_record_just_before_its_deletion_wins()
    {
        var set = await Push("wanted", 1);
        await Sweep(Old());

        var figures = await Sweep(Old(), async (record, fate) =>
        {
            Assert.That(fate, Is.EqualTo(RecordFate.Deleted));
            Assert.That(await _store.FindRecordAsync(record.Hash, default), Is.Not.Null);
        });

        Assert.That((Count(figures, RecordFate.Kept), figures.DeletedContent.Count), Is.EqualTo((1, 0)));
        Assert.That(await CanPull(set));
    }

    [Test]
    public async Task A_condemned_record_that_a_lock_file_names_now_is_pardoned()
    {
        var set = await Push("back", 1);
        await Sweep(Old());

        Assert.That(Count(await Sweep(Old("back")), RecordFate.Pardoned), Is.EqualTo(1));
        Assert.That(Count(await Sweep(Old("back")), RecordFate.Kept), Is.EqualTo(1));
        Assert.That(await CanPull(set));
    }

    [Test]
    public async Task A_checkpoint_stays_while_a_machine_is_at_work_on_it_and_as_long_as_the_grace_lasts()
    {
        var set = Publish(1);
        await _store.PushAsync(set, _machine, null, default);
        await using (var lease = await _store.TryLeaseAsync(Key("training"), default))
        {
            await lease!.SaveCheckpointAsync(set, default);
            Assert.That((await Sweep(Old())).DeletedContent.Count, Is.Zero);
        }
        Assert.That((await Sweep(Old() with { Grace = TimeSpan.FromHours(1) })).DeletedContent.Count, Is.Zero, "another machine may go on from it");
        Assert.That(await CanPull(set));

        Assert.That((await Sweep(Old())).DeletedContent.Count, Is.EqualTo(4), "the checkpoint, an index, a pack and an object");
        Assert.That(await _store.FindCheckpointAsync(Key("training"), default), Is.Null);
    }

    [Test]
    public async Task What_a_push_has_brought_stays_until_its_record_can_have_followed()
    {
        var set = Publish(1);
        await _store.PushAsync(set, _machine, null, default);

        Assert.That((await Sweep(Old() with { LongestPush = TimeSpan.FromDays(1) })).DeletedContent.Count, Is.Zero);
        Assert.That(await CanPull(set));
    }

    [Test]
    public async Task A_dry_run_changes_nothing_and_tells_what_the_real_one_does()
    {
        await Push("gone", 1);
        await Sweep(Old());
        var names = await Names();

        var plan = await Sweep(Old() with { DryRun = true });
        Assert.That(await Names(), Is.EqualTo(names));
        var figures = await Sweep(Old());

        Assert.That((plan.KeptContent, plan.DeletedContent), Is.EqualTo((figures.KeptContent, figures.DeletedContent)));
        Assert.That((Count(plan, RecordFate.Deleted), Count(figures, RecordFate.Deleted)), Is.EqualTo((1, 1)));
        Assert.That(await Names(), Is.Empty);
    }

    [Test]
    public async Task While_a_record_does_not_say_what_it_names_no_content_is_deleted()
    {
        var set = await Push("silent", 1);
        await _container.Client.GetBlobClient($"v1/records/{Key("silent")}").SetMetadataAsync(new Dictionary<string, string>());

        var figures = await Sweep(Old("silent"));

        Assert.That((figures.Silent, figures.DeletedContent.Count), Is.EqualTo((1, 0)));
        Assert.That(await CanPull(set));
    }

    [Test]
    public async Task Another_namespace_of_the_container_is_left_alone()
    {
        var theirs = _container.Open(_container.Address("pr/17"));
        var set = Publish(1);
        await theirs.PushAsync(set, _machine, null, default);
        await theirs.AddRecordAsync(Key("theirs"), set, "theirs"u8.ToArray(), default);

        await Sweep(Old());
        await Sweep(Old());

        Assert.That(await theirs.FindRecordAsync(Key("theirs"), default), Is.Not.Null);
        Assert.That(await theirs.PullAsync(set, _container.Machine("there"), null, default));
    }

    private async Task<string[]> Names() =>
        [.. (await Task.WhenAll(new[] { "records", "sets", "packs", "objects", "leases" }.Select(_container.NamesAsync))).SelectMany(names => names)];
}
