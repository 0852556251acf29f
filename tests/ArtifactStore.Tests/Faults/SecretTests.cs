using System.Diagnostics.Tracing;
using Azure.Core.Diagnostics;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Every way to fail, with every kind of credential: what is told, thrown and logged holds no secret. The container searches it.</summary>
public sealed class SecretTests
{
    private static EntrySet Set => ArtifactTree.Edition(1);

    [Test]
    public async Task No_failure_shows_a_secret([Values] FaultKind kind)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        using var log = new AzureEventSourceListener((_, text) => shared.Hear(text), EventLevel.Verbose);
        var hasty = FaultyContainer.Quick with { Attempts = 2, FirstAttempts = 2, Stall = TimeSpan.FromMilliseconds(150) };
        await shared.Open().PushAsync(Set, ArtifactTree.Original, null, default);
        var failures = 0;

        foreach (var credential in new[] { shared.Key, new CacheCredential.SharedAccessSignature(shared.WriteSas) })
        {
            var store = shared.Open(credential, hasty);
            foreach (var call in Calls(store, shared))
            {
                shared.Proxy.Plan = FaultPlans.Always(new Fault(kind), _ => true);
                var failure = await shared.Keep(call);
                Assert.That(failure, Is.Null.Or.InstanceOf<SharedStoreException>(), "nothing else may leave the store");
                Assert.That(failure?.InnerException, Is.Null, "the library's exceptions hold what it sent");
                failures += failure is null ? 0 : 1;
                shared.Proxy.Plan = FaultPlans.None;
            }
        }

        if (kind is FaultKind.Revoked or FaultKind.MissingContainer or FaultKind.ResetBeforeRequest or FaultKind.InternalError)
            Assert.That(failures, Is.EqualTo(2 * Calls(shared.Open(), shared).Count()), "every call fails");
    }

    private static IEnumerable<Func<Task>> Calls(BlobStore store, FaultyContainer shared)
    {
        var key = ContentHash.Of("key"u8);
        yield return () => store.FindRecordAsync(key, default);
        yield return () => store.AddRecordAsync(key, Set, "record"u8.ToArray(), default);
        yield return () => store.PullAsync(Set, shared.NewMachine(), null, default);
        yield return () => store.PushAsync(ArtifactTree.Edition(2), ArtifactTree.Original, null, default);
        yield return () => store.FindCheckpointAsync(key, default);
        yield return async () =>
        {
            if (await store.TryLeaseAsync(key, default) is { } lease)
                await using (lease)
                    await lease.SaveCheckpointAsync(Set, default);
        };
    }
}
