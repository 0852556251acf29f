using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Azurite;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>A server, a machine that has artifacts, and room for others.</summary>
internal sealed class TransferPlace(AzuriteServer server, string folder, BlobStoreSettings settings)
{
    private int _scratches;

    public LocalStore Local { get; } = new(Path.Combine(folder, "local"), TimeProvider.System);

    public Task<BlobContainerClient> ContainerAsync() => server.CreateContainerAsync();

    /// <summary>A new, empty folder.</summary>
    public string Scratch() => Directory.CreateDirectory(Path.Combine(folder, $"scratch{_scratches++}")).FullName;

    public BlobStore Open(BlobContainerClient container, HttpMessageHandler? http = null)
    {
        var credential = new CacheCredential.SharedAccessSignature(server.WriteSas(container.Name));
        return BlobStore.Open(
            new CacheAddress(new Uri(container.Uri.GetLeftPart(UriPartial.Path)), "", credential),
            new BlobStoreOptions { Settings = settings, Clock = TimeProvider.System, Tell = Console.Error.WriteLine, Http = http });
    }
}
