using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.ArtifactStore.Tests.Support;
using Tmrvc.Azurite;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

/// <summary>A container of the tests' server, machines that share it, and what they are told.</summary>
internal sealed class SharedContainer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<BlobStore> _stores = [];

    private SharedContainer(AzuriteServer server, BlobContainerClient client) => (Server, Client) = (server, client);

    public AzuriteServer Server { get; }

    public BlobContainerClient Client { get; }

    public List<string> Told { get; } = [];

    public static async Task<SharedContainer> CreateAsync()
    {
        var server = await AzuriteServer.Shared;
        return new SharedContainer(server, await server.CreateContainerAsync());
    }

    public string this[string relative] => _folder[relative];

    public CacheAddress Address(string prefix = "", string? signature = null) => new(
        new Uri(Client.Uri.GetLeftPart(UriPartial.Path)), prefix,
        new CacheCredential.SharedAccessSignature(signature ?? Server.WriteSas(Client.Name)));

    public string Signature(BlobContainerSasPermissions permissions, TimeSpan validFor) =>
        Server.Sas(Client.Name, permissions, DateTimeOffset.UtcNow + validFor);

    public BlobStore Open(CacheAddress? address = null, BlobStoreSettings? settings = null, bool readOnly = false, HttpMessageHandler? http = null, string? holder = null)
    {
        var store = BlobStore.Open(address ?? Address(), new BlobStoreOptions
        {
            Settings = settings ?? new BlobStoreSettings { FirstPause = TimeSpan.FromMilliseconds(10), Attempts = 3 },
            Clock = TimeProvider.System,
            Tell = Tell,
            ReadOnly = readOnly,
            Http = http,
            Holder = holder,
        });
        _stores.Add(store);
        return store;
    }

    /// <summary>The local store of a machine, empty at first.</summary>
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

    /// <summary>The blobs of a kind, such as <c>packs</c>.</summary>
    public async Task<List<BlobItem>> ListAsync(string folder)
    {
        var blobs = new List<BlobItem>();
        await foreach (var blob in Client.GetBlobsAsync(BlobTraits.Metadata, prefix: $"v1/{folder}/"))
            blobs.Add(blob);
        return blobs;
    }

    public async Task<string[]> NamesAsync(string folder) => [.. (await ListAsync(folder)).Select(blob => blob.Name)];

    /// <summary>Changes one byte of the only blob of a kind.</summary>
    public async Task DamageAsync(string folder)
    {
        var blob = Client.GetBlobClient((await ListAsync(folder)).Single().Name);
        var (content, metadata) = ((await blob.DownloadContentAsync()).Value.Content.ToArray(), (await blob.GetPropertiesAsync()).Value.Metadata);
        content[^1] ^= 1;
        await blob.UploadAsync(new BinaryData(content), new BlobUploadOptions { Metadata = metadata });
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
