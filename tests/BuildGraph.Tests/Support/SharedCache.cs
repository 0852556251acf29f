using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Azurite;

namespace Tmrvc.BuildGraph.Tests.Support;

/// <summary>A container of the tests' server, and machines that share it.</summary>
internal sealed class SharedCache : IDisposable
{
    public static readonly BlobStoreSettings Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(10),
        Attempts = 3,
        LeaseDuration = TimeSpan.FromSeconds(15),
        LeaseRenewal = TimeSpan.FromSeconds(1),
    };

    private readonly AzuriteServer _server;
    private readonly List<IDisposable> _machines = [];

    private SharedCache(AzuriteServer server, BlobContainerClient client) => (_server, Client) = (server, client);

    public BlobContainerClient Client { get; }

    /// <summary>As it is given to <c>--cache</c>.</summary>
    public string Where => $"{Client.Uri.GetLeftPart(UriPartial.Path)}?{_server.WriteSas(Client.Name)}";

    public static async Task<SharedCache> CreateAsync()
    {
        var server = await AzuriteServer.Shared;
        return new SharedCache(server, await server.CreateContainerAsync());
    }

    /// <summary>A checkout with nothing in it.</summary>
    public Machine Join(bool readOnly = false) => Connect(new Checkout(), readOnly);

    /// <summary>Gives a checkout of before the cache.</summary>
    public Machine Connect(Checkout checkout, bool readOnly = false)
    {
        var machine = new Machine(checkout, new CacheAddressParser(_ => null).Parse(Where), readOnly);
        _machines.Add(machine);
        return machine;
    }

    public async Task<string[]> NamesAsync(string folder)
    {
        var names = new List<string>();
        await foreach (var blob in Client.GetBlobsAsync(prefix: $"v1/{folder}/"))
            names.Add(blob.Name);
        return [.. names];
    }

    public void Dispose() => _machines.ForEach(machine => machine.Dispose());
}

/// <summary>A checkout with its own way to the cache, whose requests are counted.</summary>
internal sealed class Machine : IDisposable
{
    private readonly BlobStore _store;

    public Machine(Checkout checkout, CacheAddress address, bool readOnly)
    {
        Checkout = checkout;
        _store = BlobStore.Open(address, new BlobStoreOptions
        {
            Settings = SharedCache.Quick,
            Clock = TimeProvider.System,
            Tell = Told.Enqueue,
            ReadOnly = readOnly,
            Http = Requests,
        });
        checkout.Shared = _store;
    }

    public Checkout Checkout { get; }

    public BlobStore Store => _store;

    public RequestLog Requests { get; } = new();

    /// <summary>What the store itself had to say.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Told { get; } = [];

    public void Dispose()
    {
        _store.Dispose();
        Checkout.Dispose();
    }
}
