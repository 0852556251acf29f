using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.ArtifactStore.Tests.Blobs;
using Tmrvc.Azurite;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Sharing;

/// <summary>A pull request's own namespace, and behind it the team's, which it may only read.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LayeredStoreTests
{
    private SharedContainer _container = null!;
    private AzuriteServer _server = null!;
    private FaultInjectingProxy _proxy = null!;
    private LocalStore _here = null!;

    [SetUp]
    public async Task SetUp()
    {
        _container = await SharedContainer.CreateAsync();
        _server = await AzuriteServer.Shared;
        _proxy = new FaultInjectingProxy(_server.Address);
        _here = _container.Machine("here");
    }

    [TearDown]
    public async Task TearDown()
    {
        _container.Dispose();
        await _proxy.DisposeAsync();
    }

    private BlobStore Team => _container.Open();

    private BlobStore Own => Open("pr/17", readOnly: false);

    /// <summary>The way to the team's store leads through the proxy.</summary>
    private LayeredStore Layers => new([Own, Open("", readOnly: true)]);

    private BlobStore Open(string prefix, bool readOnly)
    {
        var server = readOnly ? _proxy.Address : _server.Address;
        var where = new Uri(server, $"{AzuriteServer.Account}/{_container.Client.Name}");
        var credential = new CacheCredential.SharedAccessSignature(_server.WriteSas(_container.Client.Name));
        return BlobStore.Open(new CacheAddress(where, prefix, credential), new BlobStoreOptions
        {
            Clock = TimeProvider.System,
            Tell = line => _container.Told.Add(line),
            ReadOnly = readOnly,
            IsOneOfSeveral = true,
            Settings = new BlobStoreSettings { FirstPause = TimeSpan.FromMilliseconds(1), Attempts = 2 },
        });
    }

    private static ContentHash Key(string name) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(name));

    private async Task<EntrySet> Push(ISharedStore store, string key, int seed)
    {
        var set = _container.Publish(_here, ("large", Content.Of(seed, 5_000_000)), ("small", Content.Of(seed, 1000)));
        await store.PushAsync(set, _here, null, default);
        await store.AddRecordAsync(Key(key), set, System.Text.Encoding.UTF8.GetBytes($"{key} {seed}"), default);
        return set;
    }

    [Test]
    public async Task What_the_team_has_is_found_and_brought_and_never_written()
    {
        var set = await Push(Team, "theirs", 1);
        var (layers, there) = (Layers, _container.Machine("there"));

        Assert.That(await layers.FindRecordAsync(Key("theirs"), default), Is.EqualTo("theirs 1"u8.ToArray()));
        Assert.That(await layers.PullAsync(set, there, null, default) && there.TryRestore(set));
        Assert.That(_container.Told, Is.Empty, "that a set lies in the other store is no fault");
        Assert.That(_proxy.Requests.Select(request => request.Method).Distinct(), Is.EqualTo(new[] { "GET" }));
    }

    [Test]
    public async Task What_is_made_goes_to_the_own_store_alone()
    {
        var layers = Layers;
        await Push(layers, "own", 2);
        await using (var lease = await layers.TryLeaseAsync(Key("own"), default))
            await lease!.SaveCheckpointAsync(null, default);

        Assert.That(_proxy.Requests, Is.Empty);
        Assert.That(await Team.FindRecordAsync(Key("own"), default), Is.Null);
        Assert.That(await layers.FindRecordAsync(Key("own"), default), Is.EqualTo("own 2"u8.ToArray()));
        Assert.That(layers.IsWritable);
        Assert.That(layers.Name, Is.EqualTo($"{Own.Name}, then {Open("", readOnly: true).Name}"));
    }

    [Test]
    public async Task The_own_record_counts_where_both_have_one()
    {
        await Push(Team, "both", 1);
        await Push(Own, "both", 2);

        Assert.That(await Layers.FindRecordAsync(Key("both"), default), Is.EqualTo("both 2"u8.ToArray()));
    }

    [Test]
    public async Task A_store_that_cannot_be_asked_matters_only_when_no_other_has_the_answer()
    {
        var set = await Push(Own, "own", 2);
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.Unavailable), _ => true);

        Assert.That(await Layers.FindRecordAsync(Key("own"), default), Is.Not.Null);
        Assert.That(await Layers.PullAsync(set, _container.Machine("there"), null, default));
        Assert.That(Assert.ThrowsAsync<SharedStoreException>(() => Layers.FindRecordAsync(Key("other"), default))!.Fault, Is.EqualTo(SharedStoreFault.Unreachable));
    }

    [Test]
    public async Task A_store_that_is_open_for_reading_only_gets_no_writing_request_whatever_is_called()
    {
        var set = await Push(Team, "theirs", 1);
        var reader = Open("", readOnly: true);
        await reader.FindRecordAsync(Key("theirs"), default);
        await reader.FindRecordAsync(Key("nobody's"), default);
        await reader.FindCheckpointAsync(Key("theirs"), default);
        await reader.PullAsync(set, _container.Machine("there"), null, default);
        Assert.ThrowsAsync<SharedStoreException>(() => reader.PushAsync(set, _here, null, default));
        Assert.ThrowsAsync<SharedStoreException>(() => reader.AddRecordAsync(Key("new"), set, "x"u8.ToArray(), default));
        Assert.ThrowsAsync<SharedStoreException>(() => reader.TryLeaseAsync(Key("new"), default));

        Assert.That(reader.IsWritable, Is.False);
        Assert.That(_proxy.Requests.Count(request => request.Method is not ("GET" or "HEAD")), Is.Zero);
        Assert.That(_proxy.Requests, Is.Not.Empty);
    }

    [Test]
    public async Task A_condemned_record_is_not_rescued_by_a_reader()
    {
        await Push(Team, "old", 1);
        var inventory = Team.Inventory;
        await foreach (var record in inventory.ListAsync(BlobKind.Record, default))
            await inventory.CondemnAsync(record, DateTimeOffset.UtcNow, default);

        Assert.That(await Open("", readOnly: true).FindRecordAsync(Key("old"), default), Is.Not.Null);
        Assert.That(_proxy.Requests.Select(request => request.Method), Is.All.EqualTo("GET"));
    }
}
