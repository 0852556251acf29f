using System.Collections.Concurrent;
using System.Text.Json;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Azurite;
using Tmrvc.EndToEnd.Harness;
using Tmrvc.FaultProxy;

namespace Tmrvc.EndToEnd;

/// <summary>
/// The artifacts of a whole run are pushed and pulled again and again over a network on which a third of all requests go wrong.
/// Whoever fails tries again; no byte is wrong, nothing is lost, every failure is named, and no secret is in any of it.
/// </summary>
[Category("EndToEnd")]
public sealed class FaultyNetworkTests
{
    private const int Faults = 200, MostTries = 60;

    private readonly ConcurrentQueue<string> _heard = [];
    private AzuriteServer _server = null!;
    private FaultInjectingProxy _proxy = null!;

    [SetUp]
    public async Task Connect()
    {
        _server = await AzuriteServer.StartAsync();
        _proxy = new FaultInjectingProxy(_server.Address, FaultPlans.Random(seed: 3, share: 0.3, FaultChoice.Of));
    }

    [TearDown]
    public async Task Disconnect()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task The_artifacts_of_a_whole_run_survive_two_hundred_random_faults()
    {
        using var workspace = SharedWorkspaces.Done();
        var original = new LocalStore(Path.Combine(workspace.Artifacts, "store"), TimeProvider.System);
        var results = workspace.Locks.Keys.Select(stage => Result.Of(workspace.Record(stage))).ToList();
        Assert.That(results, Has.Count.EqualTo(SharedWorkspaces.Stages.Count));

        for (var round = 0; _proxy.Injected.Count < Faults; round++)
        {
            var container = (await _server.CreateContainerAsync()).Name;
            foreach (var result in results)
                await UntilItSucceeds(container, store => PushAsync(store, result, original));
            var machine = new LocalStore(Path.Combine(workspace.Root, $"machine-{round}"), TimeProvider.System);
            foreach (var result in results)
            {
                await UntilItSucceeds(container, store => PullAsync(store, result, machine));
                Assert.That(machine.TryRestore(result.Set), "nothing is missing");
                Assert.That(Contents(machine.FolderOf(result.Set)), Is.EqualTo(Contents(original.FolderOf(result.Set))));
            }
        }

        Assert.That(_heard, Is.Not.Empty.And.None.Contains(_server.AccountKey));
        TestContext.Out.WriteLine($"{_proxy.Injected.Count} faults, {_heard.Count} sentences, {_proxy.Requests.Count} requests");
    }

    private static async Task<bool> PushAsync(BlobStore store, Result result, LocalStore original)
    {
        await store.PushAsync(result.Set, original, null, default);
        return (await store.AddRecordAsync(result.Key, result.Set, result.Document, default)).SequenceEqual(result.Document);
    }

    private static async Task<bool> PullAsync(BlobStore store, Result result, LocalStore machine) =>
        await store.FindRecordAsync(result.Key, default) is { } found && found.SequenceEqual(result.Document) &&
        await store.PullAsync(result.Set, machine, null, default);

    /// <summary>Each try is a run of its own, with a store that remembers nothing.</summary>
    private async Task UntilItSucceeds(string container, Func<BlobStore, Task<bool>> work)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var told = _heard.Count;
            using var store = Open(container);
            try
            {
                if (await work(store))
                    return;
            }
            catch (SharedStoreException failure)
            {
                _heard.Enqueue(failure.ToString());
            }
            Assert.That(_heard, Has.Count.GreaterThan(told), "a failure is named");
        }
        Assert.Fail($"no success in {MostTries} tries:\n{string.Join('\n', _heard.TakeLast(MostTries))}");
    }

    private BlobStore Open(string container)
    {
        var credential = new CacheCredential.AccountKey(AzuriteServer.Account, _server.AccountKey);
        var address = new CacheAddress(new Uri(_proxy.Address, $"{AzuriteServer.Account}/{container}"), "", credential);
        var hasty = new BlobStoreSettings
        {
            Attempts = 4, FirstPause = TimeSpan.FromMilliseconds(2), LongestPause = TimeSpan.FromMilliseconds(40), Stall = TimeSpan.FromMilliseconds(600),
        };
        return BlobStore.Open(address, new BlobStoreOptions { Settings = hasty, Clock = TimeProvider.System, Tell = _heard.Enqueue });
    }

    private static Dictionary<string, ContentHash> Contents(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => ContentHash.Of(File.ReadAllBytes(path)));

    /// <summary>What a stage's action record says.</summary>
    private sealed record Result(ContentHash Key, EntrySet Set, byte[] Document)
    {
        public static Result Of(JsonElement record) => new(
            ContentHash.Parse(record.GetProperty("key").GetString()!),
            new EntrySet(record.GetProperty("outputs").EnumerateArray().Select(Entry)),
            JsonSerializer.SerializeToUtf8Bytes(record));

        private static StoredEntry Entry(JsonElement output) => new(
            output.GetProperty("name").GetString()!,
            output.GetProperty("kind").GetString() == "file" ? EntryKind.File : EntryKind.Folder,
            ContentHash.Parse(output.GetProperty("hash").GetString()!),
            output.GetProperty("bytes").GetInt64(),
            output.GetProperty("files").GetInt32());
    }
}
