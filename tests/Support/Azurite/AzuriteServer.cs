using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace Tmrvc.Azurite;

/// <summary>
/// A blob server of its own, with a random account key and an empty data folder. It ends with this process, even a killed one, and
/// its data with it. Safe for several threads.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    public const string Account = "tmrvctests";

    private static readonly Lazy<Task<AzuriteServer>> Started = new(() => StartAsync());

    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private AzuriteProcess _process = null!;
    private int _containers;

    private AzuriteServer() { }

    /// <summary>The one that the tests of an assembly share, each with containers of its own.</summary>
    public static Task<AzuriteServer> Shared => Started.Value;

    public string AccountKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    public StorageSharedKeyCredential Credential => new(Account, AccountKey);

    /// <summary>http://127.0.0.1:PORT; the same after a restart. The account is the first part of every path.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string ConnectionString => ConnectionStringAt(Address);

    /// <exception cref="InvalidOperationException">Azurite is not installed or does not start; with its own words.</exception>
    public static async Task<AzuriteServer> StartAsync()
    {
        var server = new AzuriteServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>For clients that go through a proxy.</summary>
    public string ConnectionStringAt(Uri address) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint={new Uri(address, Account)};";

    /// <summary>An empty container with a name that nobody else uses.</summary>
    public async Task<BlobContainerClient> CreateContainerAsync()
    {
        var container = new BlobContainerClient(ConnectionString, $"test-{Interlocked.Increment(ref _containers)}");
        await container.CreateAsync();
        return container;
    }

    /// <summary>A shared access signature for a container, without the question mark.</summary>
    /// <param name="starts">Null for at once.</param>
    public string Sas(string container, BlobContainerSasPermissions permissions, DateTimeOffset ends, DateTimeOffset? starts = null)
    {
        var sas = new BlobSasBuilder(permissions, ends) { BlobContainerName = container, Resource = "c", StartsOn = starts ?? default };
        return sas.ToSasQueryParameters(Credential).ToString();
    }

    /// <summary>A signature that may read and list, for an hour.</summary>
    public string ReadSas(string container) =>
        Sas(container, BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List, DateTimeOffset.UtcNow.AddHours(1));

    /// <summary>A signature that may do everything within the container, for an hour.</summary>
    public string WriteSas(string container) => Sas(container, BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1));

    /// <summary>A signature that ends so soon.</summary>
    public string ShortSas(string container, TimeSpan validFor) =>
        Sas(container, BlobContainerSasPermissions.All, DateTimeOffset.UtcNow + validFor);

    /// <summary>Closes every connection and the port. What has been answered is on disk.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>With the data and at the address it had when it was stopped.</summary>
    public async Task StartAgainAsync()
    {
        _process = new AzuriteProcess(_folder, $"{Account}:{AccountKey}", Address.Port);
        Address = await _process.ListeningAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.EndAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
