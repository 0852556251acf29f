using System.Diagnostics;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Faults that stay: the transfer fails soon and clearly, nothing wrong is kept, and afterwards it succeeds.</summary>
public sealed class StayingFaultTests
{
    private static readonly ContentHash Key = ContentHash.Of("key"u8);

    private static EntrySet Set => ArtifactTree.Edition(1);

    [TestCase(FaultKind.ResetBeforeRequest, SharedStoreFault.Unreachable, "at every try")]
    [TestCase(FaultKind.ResetWithinRequest, SharedStoreFault.Unreachable, "at every try")]
    [TestCase(FaultKind.ResetBeforeResponse, SharedStoreFault.Unreachable, "at every try")]
    [TestCase(FaultKind.TooManyRequests, SharedStoreFault.Unreachable, "busy (429")]
    [TestCase(FaultKind.InternalError, SharedStoreFault.Unreachable, "failed (500")]
    [TestCase(FaultKind.Unavailable, SharedStoreFault.Unreachable, "busy (503")]
    [TestCase(FaultKind.Stall, SharedStoreFault.Unreachable, "nothing moved for 0.6 s")]
    [TestCase(FaultKind.FlippedRequest, SharedStoreFault.Unreachable, "refused (400")]
    [TestCase(FaultKind.MissingContainer, SharedStoreFault.NoSuchStore, "no such container")]
    [TestCase(FaultKind.Revoked, SharedStoreFault.NoPermission, "not permitted (403")]
    public async Task A_push_names_what_is_wrong_and_leaves_nothing_that_another_machine_would_use(
        FaultKind kind, SharedStoreFault fault, string words)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var store = shared.Open();
        shared.Proxy.Plan = FaultPlans.Always(new Fault(kind), request => request.Method == "PUT");
        var watch = Stopwatch.StartNew();

        var failure = await shared.FailsAsync(() => store.PushAsync(Set, ArtifactTree.Original, null, default));

        Assert.That(failure.Fault, Is.EqualTo(fault));
        Assert.That(failure.Message, Does.Contain(words));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
        shared.Proxy.Plan = FaultPlans.None;
        await RequireUnfinished(shared);
        await RequireSuccess(shared);
    }

    [TestCase(FaultKind.ResetBeforeRequest, SharedStoreFault.Unreachable)]
    [TestCase(FaultKind.ResetWithinResponse, SharedStoreFault.Unreachable)]
    [TestCase(FaultKind.TruncatedResponse, SharedStoreFault.Unreachable)]
    [TestCase(FaultKind.TooManyRequests, SharedStoreFault.Unreachable)]
    [TestCase(FaultKind.InternalErrorAfterwards, SharedStoreFault.Unreachable)]
    [TestCase(FaultKind.StallWithinResponse, SharedStoreFault.Unreachable)]
    [TestCase(FaultKind.MissingContainer, SharedStoreFault.NoSuchStore)]
    [TestCase(FaultKind.Revoked, SharedStoreFault.NoPermission)]
    public async Task A_pull_names_what_is_wrong_and_what_arrived_is_right(FaultKind kind, SharedStoreFault fault)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var (store, there) = (shared.Open(), shared.NewMachine());
        await store.PushAsync(Set, ArtifactTree.Original, null, default);
        shared.Proxy.Plan = FaultPlans.Always(new Fault(kind, Where: 0.9), request => request.Kind is "GET packs");

        var failure = await shared.FailsAsync(() => store.PullAsync(Set, there, null, default));

        Assert.That(failure.Fault, Is.EqualTo(fault));
        Assert.That(failure.Message, Does.Contain("pack"));
        shared.Proxy.Plan = FaultPlans.None;
        Assert.That(there.TryRestore(Set), Is.False);
        Assert.That(await store.PullAsync(Set, there, null, default));
        ArtifactTree.RequireSame(there, Set);
    }

    [TestCase("packs", FaultKind.FlippedResponse)]
    [TestCase("packs", FaultKind.ShortenedResponse)]
    [TestCase("packs", FaultKind.MissingBlob)]
    [TestCase("objects", FaultKind.FlippedResponse)]
    [TestCase("objects", FaultKind.MissingBlob)]
    [TestCase("sets", FaultKind.FlippedResponse)]
    [TestCase("sets", FaultKind.ShortenedResponse)]
    [TestCase("sets", FaultKind.MissingBlob)]
    public async Task What_always_arrives_damaged_is_told_once_and_counts_as_absent(string folder, FaultKind kind)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var (store, there) = (shared.Open(), shared.NewMachine());
        await store.PushAsync(Set, ArtifactTree.Original, null, default);
        shared.Proxy.Plan = FaultPlans.Always(new Fault(kind), request => request.Kind == $"GET {folder}");

        Assert.That(await store.PullAsync(Set, there, null, default), Is.False);

        Assert.That(shared.Heard, Has.Count.EqualTo(1));
        Assert.That(shared.Heard[0], Does.Contain(shared.Container.Name).And.Contain(Set.Hash.Short).And.Match("missing|damaged|shorter"));
        Assert.That(there.TryRestore(Set), Is.False);
        shared.Proxy.Plan = FaultPlans.None;
        Assert.That(await store.PullAsync(Set, there, null, default));
        ArtifactTree.RequireSame(there, Set);
    }

    [TestCase(FaultKind.FlippedResponse)]
    [TestCase(FaultKind.ShortenedResponse)]
    public async Task A_record_that_always_arrives_damaged_is_told_and_counts_as_absent(FaultKind kind)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var store = shared.Open();
        await store.PushAsync(Set, ArtifactTree.Original, null, default);
        await store.AddRecordAsync(Key, Set, "record"u8.ToArray(), default);
        shared.Proxy.Plan = FaultPlans.Always(new Fault(kind), request => request.Kind == "GET records");

        Assert.That(await store.FindRecordAsync(Key, default), Is.Null);

        Assert.That(shared.Heard.Single(), Does.Contain($"ecord {Key.Short}").And.Contain("damaged"));
    }

    /// <summary>By another run, whose memory is empty.</summary>
    private static async Task RequireUnfinished(FaultyContainer shared)
    {
        var other = shared.Open(new CacheCredential.SharedAccessSignature(shared.ReadSas));
        Assert.That(await other.FindRecordAsync(Key, default), Is.Null);
        Assert.That(await other.PullAsync(Set, shared.NewMachine(), null, default), Is.False, "there is no index yet");
    }

    private static async Task RequireSuccess(FaultyContainer shared)
    {
        var (store, there) = (shared.Open(), shared.NewMachine());
        await store.PushAsync(Set, ArtifactTree.Original, null, default);
        Assert.That(await store.PullAsync(Set, there, null, default));
        ArtifactTree.RequireSame(there, Set);
    }
}
