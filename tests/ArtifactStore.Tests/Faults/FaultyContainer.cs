using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.ArtifactStore.Tests.Support;
using Tmrvc.Azurite;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>
/// A container behind a proxy, and machines that share it. Everything that was told or thrown is kept, and at the end searched for the
/// secrets that open the container.
/// </summary>
internal sealed class FaultyContainer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _heard = [];
    private readonly List<BlobStore> _stores = [];
    private int _machines;

    private FaultyContainer(AzuriteServer server, BlobContainerClient container)
    {
        (Server, Container, Proxy) = (server, container, new FaultInjectingProxy(server.Address));
        WriteSas = server.WriteSas(container.Name);
        ReadSas = server.ReadSas(container.Name);
    }

    public AzuriteServer Server { get; }

    /// <summary>As it is, past the proxy.</summary>
    public BlobContainerClient Container { get; }

    public FaultInjectingProxy Proxy { get; }

    public string WriteSas { get; }

    public string ReadSas { get; }

    public CacheCredential Key => new CacheCredential.AccountKey(AzuriteServer.Account, Server.AccountKey);

    /// <summary>What stores have told, and every exception with its stack and inner ones.</summary>
    public IReadOnlyList<string> Heard => [.. _heard];

    /// <summary>Impatient, so that faults cost milliseconds.</summary>
    public static BlobStoreSettings Quick => new()
    {
        Attempts = 4, FirstPause = TimeSpan.FromMilliseconds(2), LongestPause = TimeSpan.FromMilliseconds(40), Stall = TimeSpan.FromMilliseconds(600),
    };

    public static async Task<FaultyContainer> CreateAsync()
    {
        var server = await AzuriteServer.Shared;
        return new FaultyContainer(server, await server.CreateContainerAsync());
    }

    /// <summary>Through the proxy.</summary>
    /// <param name="credential">Null for the account's key.</param>
    public BlobStore Open(CacheCredential? credential = null, BlobStoreSettings? settings = null, TimeProvider? clock = null, bool readOnly = false)
    {
        var address = new CacheAddress(new Uri(Proxy.Address, $"{AzuriteServer.Account}/{Container.Name}"), "", credential ?? Key);
        var store = BlobStore.Open(address, new BlobStoreOptions
        {
            Settings = settings ?? Quick, Clock = clock ?? TimeProvider.System, Tell = _heard.Enqueue, ReadOnly = readOnly,
        });
        _stores.Add(store);
        return store;
    }

    /// <summary>A machine with an empty store.</summary>
    public LocalStore NewMachine() => new(_folder[$"machine-{_machines++}"], TimeProvider.System);

    /// <summary>A file or folder that ends with the test.</summary>
    public string PathOf(string name) => _folder[name];

    /// <summary>Waits for a failure that is one of the store's.</summary>
    public async Task<SharedStoreException> FailsAsync(Func<Task> call)
    {
        var failure = await Keep(call);
        Assert.That(failure, Is.InstanceOf<SharedStoreException>());
        Assert.That(failure!.Message, Does.Contain(Container.Name), "the store is named");
        return (SharedStoreException)failure;
    }

    /// <summary>What the call threw; null when it succeeded.</summary>
    public async Task<Exception?> Keep(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception failure) when (failure is not ResultStateException)
        {
            _heard.Enqueue(failure.ToString());
            return failure;
        }
    }

    /// <summary>Deletes every blob.</summary>
    public async Task EmptyAsync()
    {
        await foreach (var blob in Container.GetBlobsAsync())
            await Container.DeleteBlobAsync(blob.Name);
    }

    public void Hear(string text) => _heard.Enqueue(text);

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        await Proxy.DisposeAsync();
        _folder.Dispose();
        foreach (var secret in Secrets)
            Assert.That(_heard.Where(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty, "texts that hold a secret");
    }

    private IEnumerable<string> Secrets => new[] { WriteSas, ReadSas }
        .Select(sas => sas.Split('&').Single(part => part.StartsWith("sig=", StringComparison.Ordinal))[4..])
        .SelectMany(signature => new[] { signature, Uri.UnescapeDataString(signature) })
        .Append(Server.AccountKey);
}
