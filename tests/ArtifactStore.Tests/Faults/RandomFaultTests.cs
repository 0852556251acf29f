using System.Text;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>
/// Two hundred faults drawn from a seed while machines push and pull editions of an artifact tree. A machine that fails tries again, as
/// the next build would; what counts is that no byte is wrong, nothing is lost and every failure says what it was.
/// </summary>
public sealed class RandomFaultTests
{
    private const int Faults = 200, Editions = 4, MostTries = 40;

    [TestCase(1)]
    public async Task Two_hundred_random_faults_leave_no_wrong_byte_lose_nothing_and_are_named(int seed)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        shared.Proxy.Plan = FaultPlans.Random(seed, share: 0.35, FaultChoice.Of);

        for (var round = 0; shared.Proxy.Injected.Count < Faults; round++)
        {
            await shared.EmptyAsync();
            for (var edition = 0; edition < Editions; edition++)
                await PushAsync(shared, edition);
            for (var edition = 0; edition < Editions; edition++)
                await PullAsync(shared, edition);
        }

        shared.Proxy.Plan = FaultPlans.None;
        for (var edition = 0; edition < Editions; edition++)
            await RequireWhole(shared, edition);
        TestContext.Out.WriteLine(string.Join('\n', shared.Proxy.Injected.CountBy(fault => fault.Fault.Kind).Select(kind => $"{kind.Value,4} {kind.Key}")));
        TestContext.Out.WriteLine(string.Join('\n', shared.Heard.Select(text => text.Split('\n')[0]).CountBy(line => line).Select(line => $"{line.Value,4} {line.Key}")));
    }

    private static async Task PushAsync(FaultyContainer shared, int edition)
    {
        var set = ArtifactTree.Edition(edition);
        var kept = await UntilItSucceeds(shared, async store =>
        {
            await store.PushAsync(set, ArtifactTree.Original, null, default);
            return await store.AddRecordAsync(KeyOf(edition), set, Record(edition), default);
        });
        Assert.That(kept, Is.EqualTo(Record(edition)));
    }

    private static async Task PullAsync(FaultyContainer shared, int edition)
    {
        var (set, there) = (ArtifactTree.Edition(edition), shared.NewMachine());
        var record = await UntilItSucceeds(shared, async store =>
            await store.FindRecordAsync(KeyOf(edition), default) is { } found && await store.PullAsync(set, there, null, default) ? found : null);
        Assert.That(record, Is.EqualTo(Record(edition)));
        ArtifactTree.RequireSame(there, set);
    }

    private static async Task RequireWhole(FaultyContainer shared, int edition)
    {
        var (set, there, store) = (ArtifactTree.Edition(edition), shared.NewMachine(), shared.Open());
        Assert.That(await store.FindRecordAsync(KeyOf(edition), default), Is.EqualTo(Record(edition)));
        Assert.That(await store.PullAsync(set, there, null, default));
        ArtifactTree.RequireSame(there, set);
    }

    /// <summary>Each try is a run of its own, with a store that remembers nothing.</summary>
    private static async Task<T> UntilItSucceeds<T>(FaultyContainer shared, Func<BlobStore, Task<T?>> work) where T : class
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            T? result = null;
            using var store = shared.Open();
            var told = shared.Heard.Count;
            var failure = await shared.Keep(async () => result = await work(store));
            if (result is not null)
                return result;
            Assert.That(failure, Is.Null.Or.InstanceOf<SharedStoreException>());
            Assert.That(shared.Heard, Has.Count.GreaterThan(told), "a failure is named");
        }
        throw new AssertionException($"no success in {MostTries} tries:\n{string.Join('\n', shared.Heard.TakeLast(MostTries))}");
    }

    private static ContentHash KeyOf(int edition) => ContentHash.Of(Encoding.UTF8.GetBytes($"edition {edition}"));

    private static byte[] Record(int edition) => Encoding.UTF8.GetBytes($"{{ \"edition\": {edition} }}");
}
