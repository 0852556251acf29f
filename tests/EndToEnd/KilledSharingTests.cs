using System.Security.Cryptography;
using Tmrvc.EndToEnd.Harness;
using Tmrvc.FaultProxy;

namespace Tmrvc.EndToEnd;

/// <summary>
/// Front doors that restore or push are killed at random moments of that: of a random request a random part arrives, and then nothing
/// more until the end. What the next one leaves is whole, here and in the cache.
/// </summary>
[Category("EndToEnd"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KilledSharingTests : IAsyncDisposable
{
    private const int Kills = 3, Seed = 7;

    private readonly Random _random = new(Seed);
    private Team _team = null!;
    private FaultInjectingProxy _network = null!;
    private Workspace _origin = null!;

    [SetUp]
    public async Task Begin()
    {
        _team = await Team.CreateAsync();
        _network = _team.Network();
        _origin = _team.Join(SharedWorkspaces.Done());
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        await _team.DisposeAsync();
    }

    [Test]
    public void A_restoring_run_killed_at_random_moments_is_completed_by_the_next()
    {
        _origin.Run("--target=Push").With(code: 0);
        var clone = _team.Clone(_team.Commit(_origin));
        _team.PutBehind(_network, clone, TimeSpan.FromHours(1));

        Kill(clone, ["--frozen", "--target=Report"], 2, request => request.Kind is "GET sets" or "GET packs");
        for (var kill = 0; kill < Kills; kill++)
            Kill(clone, ["--target=Pull"], 6, _ => true);
        clone.Run("--target=Pull").With(code: 0);

        RequireTheSame(clone);
        Assert.That(clone.Run("--frozen", "--target=Report", "--cache=off").With(code: 0).Ran, Is.Empty);
    }

    [Test]
    public void A_pushing_run_killed_at_random_moments_leaves_a_cache_that_the_next_completes()
    {
        _team.PutBehind(_network, _origin, TimeSpan.FromHours(1));

        for (var kill = 0; kill < Kills; kill++)
            Kill(_origin, ["--target=Report"], 6, request => request.Method == "PUT");
        Assert.That(_origin.Run().With(code: 0).Ran, Is.Empty, "everything was finished here, and is pushed");
        Assert.That(_origin.Run("--target=CacheVerify").With(code: 0).Everything, Does.Contain("0 damaged"));

        var clone = _team.Clone(_team.Commit(_origin));
        clone.Run("--target=Pull").With(code: 0);
        RequireTheSame(clone);
    }

    /// <summary>Kills a front door when one of the first requests of a choice has been stalled.</summary>
    private void Kill(Workspace machine, string[] arguments, int first, Func<ProxiedRequest, bool> among)
    {
        var (moment, seen, where, isPartial) = (_random.Next(1, first + 1), 0, _random.NextDouble(), _random.Next(2) == 0);
        _network.Forget();
        _network.Plan = request => among(request) && Interlocked.Increment(ref seen) >= moment
            ? new Fault(isPartial && request.Method == "GET" ? FaultKind.StallWithinResponse : FaultKind.Stall, where)
            : null;
        using var process = machine.Start(arguments);
        Assert.That(process.WaitUntil(() => _network.Injected.Count > 0), Is.True, $"request {moment} of {string.Join(' ', arguments)}");
        process.Kill();
        TestContext.Out.WriteLine($"killed after {process.Finish().Took.TotalSeconds:0.00} s: {_network.Injected[0]}");
        _network.Plan = FaultPlans.None;
    }

    /// <summary>Every result is in place with the very bytes of the machine that made it, and nothing wrong lies anywhere.</summary>
    private void RequireTheSame(Workspace machine)
    {
        Assert.That(machine.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
        Assert.That(Contents(machine, "entries"), Is.EqualTo(Contents(_origin, "entries")));
        Assert.That(Contents(machine, "objects").Where(file => file.Key.Replace("/", "") != file.Value), Is.Empty, "objects with other bytes than their name");
    }

    /// <summary>SHA-256 by path.</summary>
    private static SortedDictionary<string, string> Contents(Workspace machine, string part)
    {
        var folder = Path.Combine(machine.Artifacts, "store", part);
        return new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(folder, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))), StringComparer.Ordinal);
    }
}
