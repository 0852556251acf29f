using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Faults that pass: the transfer succeeds all the same, and every byte is right.</summary>
public sealed class PassingFaultTests
{
    private static readonly ContentHash Key = ContentHash.Of("key"u8);

    private static readonly FaultKind[] Passing =
    [
        FaultKind.ResetBeforeRequest, FaultKind.ResetWithinRequest, FaultKind.ResetBeforeResponse, FaultKind.ResetWithinResponse,
        FaultKind.TruncatedResponse, FaultKind.ShortenedResponse, FaultKind.FlippedRequest, FaultKind.FlippedResponse,
        FaultKind.TooManyRequests, FaultKind.InternalError, FaultKind.InternalErrorAfterwards, FaultKind.Unavailable,
        FaultKind.Stall, FaultKind.StallWithinResponse, FaultKind.Trickle,
    ];

    private static EntrySet Set => ArtifactTree.Edition(1);

    [TestCaseSource(nameof(Passing))]
    public async Task Every_request_of_a_push_goes_wrong_once_and_the_push_succeeds(FaultKind kind)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var there = shared.NewMachine();
        var store = shared.Open();
        shared.Proxy.Plan = EveryRequestOnce(kind);

        await store.PushAsync(Set, ArtifactTree.Original, null, default);
        var kept = await store.AddRecordAsync(Key, Set, "record"u8.ToArray(), default);

        shared.Proxy.Plan = FaultPlans.None;
        Assert.That(kept, Is.EqualTo("record"u8.ToArray()));
        Assert.That(await store.FindRecordAsync(Key, default), Is.EqualTo(kept));
        Assert.That(await store.PullAsync(Set, there, null, default));
        ArtifactTree.RequireSame(there, Set);
        Assert.That(shared.Heard, Is.Empty, "nothing of it was worth telling");
    }

    [TestCaseSource(nameof(Passing))]
    public async Task Every_request_of_a_pull_goes_wrong_once_and_the_pull_succeeds(FaultKind kind)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var there = shared.NewMachine();
        var store = shared.Open();
        await store.PushAsync(Set, ArtifactTree.Original, null, default);
        await store.AddRecordAsync(Key, Set, "record"u8.ToArray(), default);
        shared.Proxy.Forget();
        shared.Proxy.Plan = EveryRequestOnce(kind);

        var record = await store.FindRecordAsync(Key, default);
        var isWhole = await store.PullAsync(Set, there, null, default);

        Assert.That(record, Is.EqualTo("record"u8.ToArray()));
        Assert.That(isWhole, string.Join('\n', shared.Heard));
        ArtifactTree.RequireSame(there, Set);
        Assert.That(shared.Heard, Is.Empty, "nothing of it was worth telling");
        if (kind is not (FaultKind.ResetWithinRequest or FaultKind.FlippedRequest))
            Assert.That(shared.Proxy.Injected, Has.Count.GreaterThanOrEqualTo(3), "record, index and pack at least");
    }

    private static FaultPlan EveryRequestOnce(FaultKind kind)
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        return request => seen.TryAdd(request.ToString(), true) ? new Fault(kind) : null;
    }
}
