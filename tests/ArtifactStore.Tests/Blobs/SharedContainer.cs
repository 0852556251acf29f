using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.ArtifactStore.Tests.Support;
using Tmrvc.Azurite;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

/// <summary>A container of the tests' server, machines that share it, and what they are told.</summary>
internal sealed class SharedContainer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AzuriteServer _server;
    private readonly List<BlobStore> _stores = [];

    private SharedContainer(AzuriteServer server, BlobContainerClient client) => (_server, Client) = (server, client);

    public BlobContainerClient Client { get; }

    public List<string> Told { get; } = [];

    public static async Task<SharedContainer> CreateAsync()
    {
        var server = await AzuriteServer.Shared;
        return new SharedContainer(server, await server.CreateContainerAsync());
    }

    public string this[string relative] => _folder[relative];

    public CacheAddress Address(string prefix = "") =>
        new(new Uri(Client.Uri.GetLeftPart(UriPartial.Path)), prefix, new CacheCredential.SharedAccessSignature(_server.WriteSas(Client.Name)));

    public BlobStore Open(CacheAddress? address = null, BlobStoreSettings? settings = null, bool readOnly = false, TimeProvider? clock = null)
    {
        var store = BlobStore.Open(address ?? Address(), new BlobStoreOptions
        {
            Settings = settings ?? new BlobStoreSettings { FirstPause = TimeSpan.FromMilliseconds(10), Attempts = 3 },
            Clock = clock ?? TimeProvider.System,
            Tell = Tell,
            ReadOnly = readOnly,
        });
        _stores.Add(store);
        return store;
    }

    /// <summary>An empty local store.</summary>
    public LocalStore Machine(string name) => new(_folder[name], TimeProvider.System);

    public EntrySet Publish(LocalStore machine, params (string Path, byte[] Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"private/{path}"])!);
            File.WriteAllBytes(_folder[$"private/{path}"], content);
        }
        return machine.Publish(_folder["private"]);
    }

    public async Task<string[]> NamesAsync(string folder)
    {
        var names = new List<string>();
        await foreach (var blob in Client.GetBlobsAsync(prefix: $"v1/{folder}/"))
            names.Add(blob.Name);
        return [.. names];
    }

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    private void Tell(string sentence)
    {
        lock (Told)
            Told.Add(sentence);
    }
}
