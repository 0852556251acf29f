using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>The blobs of one location by kind and hash. Knows neither what they hold nor what to do when a request fails.</summary>
internal sealed class BlobContainer : IDisposable
{
    private readonly string _prefix;
    private readonly HttpClient _http;

    public BlobContainer(CacheAddress location, HttpMessageHandler? handler)
    {
        _prefix = location.Prefix.Length == 0 ? "v1/" : $"{location.Prefix}/v1/";
        _http = new HttpClient(handler ?? NewHandler(), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        Client = Open(location.Container, location.Credential, Options(_http));
    }

    public BlobContainerClient Client { get; }

    public BlockBlobClient Blob(BlobKind kind, ContentHash hash) => Client.GetBlockBlobClient(FolderOf(kind) + hash);

    /// <summary>What the names of all blobs of a kind begin with.</summary>
    public string FolderOf(BlobKind kind) => _prefix + kind switch
    {
        BlobKind.Record => "records/",
        BlobKind.Set => "sets/",
        BlobKind.Pack => "packs/",
        BlobKind.Object => "objects/",
        BlobKind.Lease => "leases/",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>No retries and no time-outs of the library's own: <see cref="BlobCalls"/> has both.</summary>
    private static BlobClientOptions Options(HttpClient http) => new()
    {
        Transport = new HttpClientTransport(http),
        Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromHours(1) },
        Diagnostics = { IsLoggingEnabled = false, IsDistributedTracingEnabled = false, IsTelemetryEnabled = false },
    };

    private static BlobContainerClient Open(Uri container, CacheCredential credential, BlobClientOptions options) => credential switch
    {
        CacheCredential.SharedAccessSignature signature => new BlobContainerClient(container, new AzureSasCredential(signature.Query), options),
        CacheCredential.AccountKey key => new BlobContainerClient(container, new StorageSharedKeyCredential(key.Account, key.Key), options),
        _ when container.Scheme == Uri.UriSchemeHttps => new BlobContainerClient(container, new DefaultAzureCredential(), options),
        _ => throw new InvalidOperationException("A token does not travel over http."),
    };
}
