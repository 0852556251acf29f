using System.Diagnostics;
using Azure.Storage.Blobs.Specialized;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class SharedLeaseTests : ContainerTests
{
    private static readonly ContentHash Key = ContentHash.Of("key"u8);
    private static readonly EntrySet Checkpoint = new([new StoredEntry("state.bin", EntryKind.File, ContentHash.Of("state"u8), 5, 1)]);

    private static readonly BlobStoreSettings Eager = new()
    {
        LeaseDuration = TimeSpan.FromSeconds(15), LeaseRenewal = TimeSpan.FromMilliseconds(100), FirstPause = TimeSpan.FromMilliseconds(10),
    };

    private BlockBlobClient Blob => Container.Client.GetBlockBlobClient($"v1/leases/{Key}");

    private static Task WhenLost(ISharedLease lease) =>
        Task.Delay(Timeout.Infinite, lease.Lost).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(30));

    [Test]
    public async Task One_machine_holds_a_key_until_it_gives_it_back()
    {
        var lease = await Container.Open().TryLeaseAsync(Key, default);
        Assert.That(lease, Is.Not.Null);
        Assert.That(await Container.Open().TryLeaseAsync(Key, default), Is.Null);
        await lease!.DisposeAsync();
        await using var next = await Container.Open().TryLeaseAsync(Key, default);
        Assert.That(next, Is.Not.Null);
    }

    [Test]
    public async Task What_a_killed_process_held_is_its_successors_at_once_and_nobody_elses()
    {
        await using var killed = await Container.Open(holder: "here").TryLeaseAsync(Key, default);
        Assert.That(await Container.Open(holder: "there").TryLeaseAsync(Key, default), Is.Null);
        await using var successor = await Container.Open(holder: "here").TryLeaseAsync(Key, default);
        Assert.That(successor, Is.Not.Null);
        await successor!.SaveCheckpointAsync(Checkpoint, default);
    }

    [Test]
    public async Task Nobody_waits_for_a_silent_store_to_take_a_lease_back()
    {
        using var network = new SilencedHandler();
        var lease = await Container.Open(settings: Eager with { LeaseRenewal = TimeSpan.FromSeconds(5) }, http: network).TryLeaseAsync(Key, default);
        network.IsSilent = true;
        var started = Stopwatch.GetTimestamp();
        await lease!.DisposeAsync();
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(Eager.LeaseDuration));
    }

    /// <summary>Answers nothing once it has fallen silent.</summary>
    private sealed class SilencedHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool IsSilent { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsSilent)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    [Test]
    public async Task Of_many_machines_that_want_a_key_at_once_one_gets_it()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Container.Open().TryLeaseAsync(Key, default)));
        Assert.That(leases.Where(lease => lease is not null), Has.Exactly(1).Items);
        foreach (var lease in leases.OfType<ISharedLease>())
            await lease.DisposeAsync();
    }

    [Test]
    public async Task The_lease_of_a_dead_holder_runs_out()
    {
        await Blob.UploadAsync(new MemoryStream());
        await Blob.GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15));
        var store = Container.Open();
        Assert.That(await store.TryLeaseAsync(Key, default), Is.Null);
        await Task.Delay(TimeSpan.FromSeconds(15.5));
        await using var lease = await store.TryLeaseAsync(Key, default);
        Assert.That(lease, Is.Not.Null);
    }

    [Test]
    public async Task A_holder_keeps_its_lease_beyond_its_duration()
    {
        var settings = Eager with { LeaseRenewal = TimeSpan.FromSeconds(5) };
        await using var lease = await Container.Open(settings: settings).TryLeaseAsync(Key, default);
        await Task.Delay(TimeSpan.FromSeconds(17));
        Assert.That(await Container.Open().TryLeaseAsync(Key, default), Is.Null);
        Assert.That(lease!.Lost.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task Whoever_lost_its_lease_is_told_and_moves_no_checkpoint()
    {
        await using var zombie = await Container.Open(settings: Eager).TryLeaseAsync(Key, default);
        await zombie!.SaveCheckpointAsync(Checkpoint, default);
        await Blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        await using var heir = await Container.Open().TryLeaseAsync(Key, default);
        await WhenLost(zombie);

        Assert.That(() => zombie.SaveCheckpointAsync(null, default),
            Throws.TypeOf<SharedStoreException>().With.Property(nameof(SharedStoreException.Fault)).EqualTo(SharedStoreFault.LeaseLost));
        Assert.That((await Container.Open().FindCheckpointAsync(Key, default))?.Hash, Is.EqualTo(Checkpoint.Hash));
    }

    [Test]
    public async Task Saving_a_checkpoint_tells_at_once_that_the_lease_is_lost()
    {
        await using var zombie = await Container.Open().TryLeaseAsync(Key, default);
        await Blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        Assert.That(() => zombie!.SaveCheckpointAsync(Checkpoint, default), Throws.TypeOf<SharedStoreException>());
        Assert.That(zombie!.Lost.IsCancellationRequested);
    }

    [Test]
    public async Task A_store_that_is_not_reached_any_more_costs_the_lease_when_it_has_run_out()
    {
        var isCut = false;
        using var cable = new RequestLog(_ => { if (Volatile.Read(ref isCut)) throw new HttpRequestException("cut"); });
        await using var lease = await Container.Open(settings: Eager, http: cable).TryLeaseAsync(Key, default);
        Volatile.Write(ref isCut, true);
        await Task.Delay(TimeSpan.FromSeconds(8));
        Assert.That(lease!.Lost.IsCancellationRequested, Is.False, "it may still be ours");
        await WhenLost(lease);
    }

    [Test]
    public async Task The_latest_checkpoint_is_found_by_any_machine_until_it_is_forgotten()
    {
        await using var lease = await Container.Open().TryLeaseAsync(Key, default);
        Assert.That(await Container.Open().FindCheckpointAsync(Key, default), Is.Null);
        await lease!.SaveCheckpointAsync(Checkpoint, default);
        var found = await Container.Open(readOnly: true).FindCheckpointAsync(Key, default);
        Assert.That(found!.Entries, Is.EqualTo(Checkpoint.Entries));
        await lease.SaveCheckpointAsync(null, default);
        Assert.That(await Container.Open().FindCheckpointAsync(Key, default), Is.Null);
    }

    [Test]
    public async Task A_checkpoint_outlives_its_lease()
    {
        var lease = await Container.Open().TryLeaseAsync(Key, default);
        await lease!.SaveCheckpointAsync(Checkpoint, default);
        await lease.DisposeAsync();
        Assert.That((await Container.Open().FindCheckpointAsync(Key, default))?.Hash, Is.EqualTo(Checkpoint.Hash));
    }
}
