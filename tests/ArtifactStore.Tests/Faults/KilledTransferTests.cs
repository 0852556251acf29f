using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>kill -9 at each step of a push and of a pull: nothing half-done is ever used, and what had arrived stays.</summary>
public sealed class KilledTransferTests
{
    private static EntrySet Set => ArtifactTree.Edition(1);

    [TestCase("PUT block objects")]
    [TestCase("PUT blocklist objects")]
    [TestCase("PUT packs")]
    [TestCase("PUT sets")]
    public async Task A_push_that_was_killed_shows_nothing_and_the_next_goes_on(string step)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        shared.Proxy.Plan = StallAt(step);
        using (var killed = CacheProcess.Start(shared, "push", ArtifactTree.OriginalFolder, Set))
            Assert.That(await killed.KillAtFaultAsync(), step);
        shared.Proxy.Plan = FaultPlans.None;
        var store = shared.Open();
        Assert.That(await store.PullAsync(Set, shared.NewMachine(), null, default), Is.False, "there is no index yet");
        shared.Proxy.Forget();

        using var next = CacheProcess.Start(shared, "push", ArtifactTree.OriginalFolder, Set);
        Assert.That((await next.EndAsync()).Code, Is.Zero);

        var there = shared.NewMachine();
        Assert.That(await shared.Open().PullAsync(Set, there, null, default));
        ArtifactTree.RequireSame(there, Set);
        if (step is "PUT sets")
            Assert.That(shared.Proxy.Requests.Where(request => request.BodyLength > 200_000), Is.Empty, "all content had arrived");
    }

    [TestCase("GET sets")]
    [TestCase("GET blocklist objects")]
    [TestCase("GET packs")]
    [TestCase("GET objects")]
    public async Task A_pull_that_was_killed_leaves_nothing_wrong_and_the_next_completes_it(string step)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        await shared.Open().PushAsync(Set, ArtifactTree.Original, null, default);
        var machine = shared.PathOf("machine");
        var there = new LocalStore(machine, TimeProvider.System);
        shared.Proxy.Plan = StallAt(step);
        using (var killed = CacheProcess.Start(shared, "pull", machine, Set))
            Assert.That(await killed.KillAtFaultAsync(), step);
        shared.Proxy.Plan = FaultPlans.None;
        Assert.That(there.TryRestore(Set), Is.False);

        using var next = CacheProcess.Start(shared, "pull", machine, Set);
        Assert.That((await next.EndAsync()).Code, Is.Zero);

        ArtifactTree.RequireSame(there, Set);
    }

    [Test]
    public async Task Kills_at_random_moments_lose_nothing()
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var machine = shared.PathOf("machine");
        var random = new Random(7);
        foreach (var (what, folder) in new[] { ("push", ArtifactTree.OriginalFolder), ("pull", machine) })
        {
            for (var kill = 0; kill < 3; kill++)
            {
                using var killed = CacheProcess.Start(shared, what, folder, Set);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 900)));
            }
            using var last = CacheProcess.Start(shared, what, folder, Set);
            Assert.That((await last.EndAsync()).Code, Is.Zero);
        }
        ArtifactTree.RequireSame(new LocalStore(machine, TimeProvider.System), Set);
    }

    private static FaultPlan StallAt(string step) => FaultPlans.First(1, new Fault(FaultKind.Stall), request => request.Kind == step);
}
