using Azure.Storage.Blobs.Specialized;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.ArtifactStore.Tests.Blobs;
using Tmrvc.ArtifactStore.Tests.Support;
using Tmrvc.Azurite;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Sharing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GuardedStoreTests
{
    private static readonly BlobStoreSettings Impatient = new() { FirstPause = TimeSpan.FromMilliseconds(1), Attempts = 2, FirstAttempts = 2 };

    private readonly SteppedClock _clock = new();
    private readonly List<string> _warnings = [];
    private SharedContainer _container = null!;
    private AzuriteServer _server = null!;
    private FaultInjectingProxy _proxy = null!;

    [SetUp]
    public async Task SetUp()
    {
        _container = await SharedContainer.CreateAsync();
        _server = await AzuriteServer.Shared;
        _proxy = new FaultInjectingProxy(_server.Address);
    }

    [TearDown]
    public async Task TearDown()
    {
        _container.Dispose();
        await _proxy.DisposeAsync();
    }

    private static ContentHash Key { get; } = ContentHash.Of("key"u8);

    private GuardedStore Guarded(bool isNeeded = false)
    {
        var where = new Uri(_proxy.Address, $"{AzuriteServer.Account}/{_container.Client.Name}");
        var credential = new CacheCredential.SharedAccessSignature(_server.WriteSas(_container.Client.Name));
        return new GuardedStore(_container.Open(new CacheAddress(where, "", credential), Impatient), _warnings.Add, _clock, isNeeded);
    }

    private static Task<SharedStoreException?> Fault(Func<Task> call) => Task.FromResult(Assert.ThrowsAsync<SharedStoreException>(() => call()));

    [Test]
    public async Task Silence_is_told_once_and_nobody_is_asked_until_the_store_has_rested()
    {
        var store = Guarded();
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.ResetBeforeRequest), _ => true);
        for (var question = 0; question < 5; question++)
            Assert.That((await Fault(() => store.FindRecordAsync(Key, default)))!.Fault, Is.EqualTo(SharedStoreFault.Unreachable));

        Assert.That(_warnings, Has.Count.EqualTo(1));
        Assert.That(_warnings[0], Does.StartWith(store.Name).And.EndWith("This run goes on without it, and asks again now and then."));
        Assert.That(_proxy.Requests, Has.Count.EqualTo(Impatient.FirstAttempts), "the first question with its tries, and no other");
        Assert.That(store.IsWritable, "it may be back when there is something to push");
    }

    [Test]
    public async Task Where_the_store_is_needed_nobody_is_told_that_the_run_goes_on()
    {
        var store = Guarded(isNeeded: true);
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.ResetBeforeRequest), _ => true);

        var fault = await Fault(() => store.FindRecordAsync(Key, default));

        Assert.That(_warnings, Is.EqualTo(new[] { fault!.Message }));
    }

    [Test]
    public async Task A_store_that_is_back_is_used_again_and_that_is_told()
    {
        var store = Guarded();
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.Unavailable), _ => true);
        await Fault(() => store.FindRecordAsync(Key, default));
        _proxy.Plan = FaultPlans.None;
        await Fault(() => store.FindRecordAsync(Key, default));
        _clock.Step(TimeSpan.FromMinutes(2));

        Assert.That(await store.FindRecordAsync(Key, default), Is.Null);
        Assert.That(_warnings.Skip(1), Is.EqualTo(new[] { $"{store.Name}: answers again." }));
    }

    [Test]
    public async Task The_rest_grows_with_every_failure()
    {
        var store = Guarded();
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.ResetBeforeRequest), _ => true);
        var asked = new List<int>();
        for (var minute = 0; minute < 16; minute++)
        {
            _proxy.Forget();
            await Fault(() => store.FindRecordAsync(Key, default));
            if (_proxy.Requests.Count > 0)
                asked.Add(minute);
            _clock.Step(TimeSpan.FromMinutes(1));
        }

        Assert.That(asked, Is.EqualTo(new[] { 0, 1, 3, 7, 15 }));
        Assert.That(_warnings, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refusal_to_write_is_told_once_and_leaves_reading()
    {
        var local = _container.Machine("here");
        var set = _container.Publish(local, ("file", Content.Of(1, 100)));
        var store = Guarded();
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.Revoked), request => request.Method != "GET");

        Assert.That((await Fault(() => store.PushAsync(set, local, null, default)))!.Fault, Is.EqualTo(SharedStoreFault.NoPermission));
        _proxy.Forget();
        await Fault(() => store.TryLeaseAsync(Key, default));

        Assert.That((store.IsWritable, _proxy.Requests.Count), Is.EqualTo((false, 0)));
        Assert.That(_warnings, Has.Count.EqualTo(1).And.One.EndsWith("Nothing more is written to it by this run."));
        Assert.That(await store.FindRecordAsync(Key, default), Is.Null, "reading goes on");
    }

    [Test]
    public async Task A_refusal_to_read_ends_all_use_and_the_warning_holds_no_secret()
    {
        var store = Guarded();
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.Revoked), _ => true);
        await Fault(() => store.FindRecordAsync(Key, default));
        _proxy.Plan = FaultPlans.None;
        _proxy.Forget();
        _clock.Step(TimeSpan.FromHours(1));
        await Fault(() => store.FindRecordAsync(Key, default));
        await Fault(() => store.TryLeaseAsync(Key, default));

        Assert.That((_proxy.Requests.Count, store.IsWritable), Is.EqualTo((0, false)));
        Assert.That(_warnings, Has.Count.EqualTo(1).And.One.EndsWith("This run goes on without it."));
        Assert.That(_warnings[0], Does.Not.Contain("sig=").And.Not.Contain(_server.AccountKey));
    }

    [Test]
    public async Task A_credential_that_ends_is_told_once_by_whom_it_refuses_first()
    {
        var store = Guarded();
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.Revoked), _ => true);
        await Fault(() => store.TryLeaseAsync(Key, default));
        await Fault(() => store.FindRecordAsync(Key, default));
        _proxy.Forget();
        await Fault(() => store.FindRecordAsync(Key, default));

        Assert.That((_proxy.Requests.Count, _warnings.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_lost_lease_says_nothing_about_the_store_and_a_refused_checkpoint_does()
    {
        var store = Guarded();
        await using (var lease = await store.TryLeaseAsync(Key, default))
        {
            await _container.Client.GetBlobClient($"v1/leases/{Key}").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
            Assert.That((await Fault(() => lease!.SaveCheckpointAsync(null, default)))!.Fault, Is.EqualTo(SharedStoreFault.LeaseLost));
        }
        Assert.That((store.IsWritable, _warnings.Count), Is.EqualTo((true, 0)));
        await using var next = await store.TryLeaseAsync(Key, default);
        _proxy.Plan = FaultPlans.Always(new Fault(FaultKind.Revoked), _ => true);

        Assert.That((await Fault(() => next!.SaveCheckpointAsync(null, default)))!.Fault, Is.EqualTo(SharedStoreFault.NoPermission));
        Assert.That((store.IsWritable, _warnings.Count), Is.EqualTo((false, 1)));
    }
}
