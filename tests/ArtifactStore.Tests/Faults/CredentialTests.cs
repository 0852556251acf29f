using Azure.Storage.Sas;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Credentials that end, begin too late or say less than is wanted; and clocks that are wrong.</summary>
public sealed class CredentialTests
{
    private static EntrySet Set => ArtifactTree.Edition(1);

    [Test]
    public async Task A_signature_that_ends_in_the_middle_of_a_run_is_named_and_a_new_one_goes_on()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var ends = TimeSpan.FromSeconds(4);
        var store = shared.Open(new CacheCredential.SharedAccessSignature(shared.Server.ShortSas(shared.Container.Name, ends)));
        Assert.That(await store.FindRecordAsync(Set.Hash, default), Is.Null);
        await Task.Delay(ends);

        var failure = await shared.FailsAsync(() => store.PushAsync(ArtifactTree.Edition(2), ArtifactTree.Original, null, default));

        Assert.That(failure.Fault, Is.EqualTo(SharedStoreFault.NoPermission));
        Assert.That(failure.Message, Does.Contain("expired"));
        var renewed = shared.Open(new CacheCredential.SharedAccessSignature(shared.WriteSas));
        await renewed.PushAsync(ArtifactTree.Edition(2), ArtifactTree.Original, null, default);
        await RequireWhole(shared, ArtifactTree.Edition(2));
    }

    [Test]
    public async Task A_signature_that_begins_in_the_future_points_to_this_machines_clock()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var early = shared.Server.Sas(
            shared.Container.Name, BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(2), starts: DateTimeOffset.UtcNow.AddHours(1));
        var store = shared.Open(new CacheCredential.SharedAccessSignature(early));

        var failure = await shared.FailsAsync(() => store.FindRecordAsync(Set.Hash, default));

        Assert.That(failure.Fault, Is.EqualTo(SharedStoreFault.NoPermission));
        Assert.That(failure.Message, Does.Contain("clock"));
    }

    [Test]
    public async Task A_wrong_key_is_named()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var wrong = Convert.ToBase64String(new byte[64]);
        var store = shared.Open(new CacheCredential.AccountKey(Azurite.AzuriteServer.Account, wrong));

        var failure = await shared.FailsAsync(() => store.FindRecordAsync(Set.Hash, default));

        Assert.That(failure.Fault, Is.EqualTo(SharedStoreFault.NoPermission));
        Assert.That(failure.ToString(), Does.Not.Contain(wrong));
    }

    [Test]
    public async Task A_signature_for_reading_reads_and_never_tries_to_write()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var store = shared.Open(new CacheCredential.SharedAccessSignature(shared.ReadSas));
        await shared.Open().PushAsync(Set, ArtifactTree.Original, null, default);
        shared.Proxy.Forget();

        var there = shared.NewMachine();
        Assert.That((store.IsWritable, await store.PullAsync(Set, there, null, default)), Is.EqualTo((false, true)));
        ArtifactTree.RequireSame(there, Set);
        await shared.FailsAsync(() => store.PushAsync(Set, ArtifactTree.Original, null, default));

        Assert.That(shared.Proxy.Requests.Select(request => request.Method).Distinct(), Is.EqualTo(new[] { "GET" }));
    }

    [TestCase(-30)]
    [TestCase(30)]
    public async Task A_clock_that_is_days_off_changes_nothing(int days)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var store = shared.Open(clock: new ShiftedClock(TimeSpan.FromDays(days)));

        await using (var lease = await store.TryLeaseAsync(Set.Hash, default))
        {
            Assert.That(lease, Is.Not.Null);
            Assert.That(await shared.Open().TryLeaseAsync(Set.Hash, default), Is.Null, "the server's clock counts");
            await store.PushAsync(Set, ArtifactTree.Original, null, default);
            await lease!.SaveCheckpointAsync(Set, default);
        }

        await RequireWhole(shared, Set);
        Assert.That((await shared.Open().FindCheckpointAsync(Set.Hash, default))?.Hash, Is.EqualTo(Set.Hash));
    }

    private static async Task RequireWhole(FaultyContainer shared, EntrySet set)
    {
        var there = shared.NewMachine();
        Assert.That(await shared.Open().PullAsync(set, there, null, default));
        ArtifactTree.RequireSame(there, set);
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
