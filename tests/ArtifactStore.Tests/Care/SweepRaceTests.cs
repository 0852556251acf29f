using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.ArtifactStore.Tests.Blobs;
using Tmrvc.Azurite;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Care;

/// <summary>Builds that push and restore while a sweep is at any point of its way.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.Children)]
public sealed class SweepRaceTests
{
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(-1);

    /// <summary>Whatever was there before a sweep begins counts as old, and what is touched afterwards as young.</summary>
    private static readonly SharedSweepOptions Everything = new(new HashSet<ContentHash>(), Never, TimeSpan.Zero) { LongestPush = TimeSpan.Zero };

    private SharedContainer _container = null!;
    private FaultInjectingProxy _proxy = null!;
    private BlobStore _sweeper = null!;
    private BlobStore _builder = null!;
    private LocalStore _here = null!;

    [SetUp]
    public async Task SetUp()
    {
        _container = await SharedContainer.CreateAsync();
        var server = await AzuriteServer.Shared;
        _proxy = new FaultInjectingProxy(server.Address);
        var way = new Uri(_proxy.Address, $"{AzuriteServer.Account}/{_container.Client.Name}");
        _sweeper = _container.Open(new CacheAddress(way, "", new CacheCredential.SharedAccessSignature(server.WriteSas(_container.Client.Name))));
        _builder = _container.Open();
        _here = _container.Machine("here");
    }

    [TearDown]
    public async Task TearDown()
    {
        _container.Dispose();
        await _proxy.DisposeAsync();
    }

    private static ContentHash Key(string name) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(name));

    private EntrySet Publish(int large, int small) =>
        _container.Publish(_here, ("large", Content.Of(large, 5_000_000)), ("small", Content.Of(small, 1000)));

    private async Task PushAsync(string key, EntrySet set)
    {
        await _builder.PushAsync(set, _here, null, default);
        await _builder.AddRecordAsync(Key(key), set, System.Text.Encoding.UTF8.GetBytes(key), default);
    }

    private async Task<bool> CanPullAsync(EntrySet set)
    {
        var other = _container.Machine($"there-{Guid.NewGuid()}");
        return await _builder.PullAsync(set, other, null, default) && other.TryRestore(set);
    }

    /// <summary>Lets a build act when the sweep is about to do something for the first time.</summary>
    private void WhenFirst(string request, Func<Task> act) => _proxy.Plan = noted =>
    {
        if (noted.Kind == request)
        {
            _proxy.Plan = FaultPlans.None;
            act().GetAwaiter().GetResult();
        }
        return null;
    };

    private async Task SweepAsync()
    {
        await Task.Delay(1100); // the server's clock tells seconds
        await new SharedSweep(_sweeper.Inventory, Everything).RunAsync((_, _) => Task.CompletedTask, default);
    }

    private static IEnumerable<string> Points =>
        ["GET container list", "PUT metadata records", "DELETE records", "DELETE sets", "DELETE packs", "DELETE objects"];

    [TestCaseSource(nameof(Points))]
    public async Task A_push_of_the_same_outputs_at_any_point_leaves_them_whole(string point)
    {
        var set = Publish(1, 1);
        await PushAsync("first", set);
        if (point != "PUT metadata records")
            await SweepAsync();
        WhenFirst(point, () => PushAsync("again", set));

        await SweepAsync();

        Assert.That(_proxy.Plan, Is.SameAs(FaultPlans.None), "the build has acted");
        Assert.That(await _builder.FindRecordAsync(Key("again"), default), Is.Not.Null);
        Assert.That(await CanPullAsync(set));
    }

    [TestCase("DELETE packs", 2, 1)]
    [TestCase("DELETE objects", 1, 2)]
    [TestCase("DELETE sets", 1, 2)]
    public async Task A_push_that_shares_content_with_what_goes_leaves_its_own_whole(string point, int large, int small)
    {
        await PushAsync("gone", Publish(1, 1));
        await SweepAsync();
        var set = Publish(large, small);
        WhenFirst(point, () => PushAsync("new", set));

        await SweepAsync();

        Assert.That(_proxy.Plan, Is.SameAs(FaultPlans.None), "the build has acted");
        Assert.That(await CanPullAsync(set));
        Assert.That(await _builder.FindRecordAsync(Key("gone"), default), Is.Null);
    }

    [TestCase("DELETE sets")]
    [TestCase("DELETE packs")]
    [TestCase("DELETE objects")]
    public async Task A_sweep_that_is_killed_on_its_way_leaves_a_store_that_works_and_the_next_one_goes_on(string point)
    {
        var set = Publish(1, 1);
        await PushAsync("gone", set);
        await SweepAsync();
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.ResetBeforeRequest), request => request.Kind == point);
        Assert.ThrowsAsync<SharedStoreException>(SweepAsync);
        _proxy.Plan = FaultPlans.None;

        await PushAsync("gone", set);
        Assert.That(await CanPullAsync(set));
        await SweepAsync();
        await SweepAsync();

        Assert.That((await Task.WhenAll(new[] { "records", "sets", "packs", "objects" }.Select(_container.NamesAsync))).SelectMany(names => names), Is.Empty);
    }

    /// <summary>
    /// Four builds at once look for results that overlap in content, restore what they find and push what they do not, while sweeps that
    /// keep nothing follow one another. What a build has found it has time to restore until the delay is over.
    /// </summary>
    [Test]
    public async Task Builds_and_sweeps_at_random_lose_nothing_that_was_found()
    {
        var sets = Enumerable.Range(0, 6).Select(index => (Key: $"key {index}", Set: Publish(index / 2, index % 3))).ToArray();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(6));
        var (found, lost) = (0, 0);
        async Task BuildAsync(int seed)
        {
            for (var random = new Random(seed); !end.IsCancellationRequested;)
            {
                var (key, set) = sets[random.Next(sets.Length)];
                if (await _builder.FindRecordAsync(Key(key), default) is null)
                    await PushAsync(key, set);
                Interlocked.Increment(ref found);
                await Task.Delay(random.Next(50), CancellationToken.None);
                if (!await CanPullAsync(set))
                    Interlocked.Increment(ref lost);
            }
        }
        var options = Everything with { Delay = TimeSpan.FromSeconds(1), LongestPush = TimeSpan.FromMinutes(1) };
        async Task SweepAllAsync()
        {
            while (!end.IsCancellationRequested)
                await new SharedSweep(_container.Open().Inventory, options).RunAsync((_, _) => Task.CompletedTask, default);
        }

        await Task.WhenAll([.. Enumerable.Range(0, 4).Select(BuildAsync), SweepAllAsync()]);

        Assert.That((found, lost), Is.EqualTo((found, 0)));
        Assert.That(found, Is.GreaterThan(10));
        Assert.That(_container.Told, Is.Empty);
    }
}
