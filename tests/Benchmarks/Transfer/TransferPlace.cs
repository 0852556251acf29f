using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Azurite;
using Tmrvc.CacheWorker;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>A server, a machine that has artifacts, and room for others.</summary>
internal sealed class TransferPlace(AzuriteServer server, string folder)
{
    private int _scratches;

    public LocalStore Local { get; } = new(Path.Combine(folder, "local"), TimeProvider.System);

    public Task<BlobContainerClient> ContainerAsync() => server.CreateContainerAsync();

    /// <summary>A new, empty folder.</summary>
    public string Scratch() => Directory.CreateDirectory(Path.Combine(folder, $"scratch{_scratches++}")).FullName;

    public BlobStore Open(BlobContainerClient container, HttpMessageHandler http)
    {
        var credential = new CacheCredential.SharedAccessSignature(server.WriteSas(container.Name));
        return BlobStore.Open(
            new CacheAddress(new Uri(container.Uri.GetLeftPart(UriPartial.Path)), "", credential),
            new BlobStoreOptions { Clock = TimeProvider.System, Tell = Console.Error.WriteLine, Http = http });
    }

    /// <summary>A process to move a set with.</summary>
    public TransferProcess Start(EntrySet set)
    {
        var file = Path.Combine(Scratch(), "set");
        SetFile.Write(file, set);
        return new TransferProcess(Local.Root, file);
    }

    /// <summary>Lets a process move its set through a container that is empty before and gone afterwards.</summary>
    public async Task<Measured> RunAsync(TransferProcess process, Way way, int blockBytes, CancellationToken cancellation)
    {
        var (container, target) = (await ContainerAsync(), Scratch());
        var round = new Round(way, blockBytes, $"{container.Uri.GetLeftPart(UriPartial.Path)}?{server.WriteSas(container.Name)}", target);
        var measured = await process.RunAsync(round, cancellation);
        await container.DeleteAsync(cancellationToken: cancellation);
        Directory.Delete(target, recursive: true);
        return measured;
    }
}
