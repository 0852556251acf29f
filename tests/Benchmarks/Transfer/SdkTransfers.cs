using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>What one would write with the library alone.</summary>
internal sealed class SdkTransfers(BlobContainerClient container, int parallelism)
{
    /// <summary>One blob per file.</summary>
    public Task UploadEachAsync(string folder, CancellationToken cancellation) => Parallel.ForEachAsync(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), Options(cancellation), async (file, inner) =>
        {
            await using var content = File.OpenRead(file);
            await container.GetBlobClient(Path.GetRelativePath(folder, file)).UploadAsync(content, inner);
        });

    public Task DownloadEachAsync(string folder, CancellationToken cancellation) => Parallel.ForEachAsync(
        container.GetBlobsAsync(cancellationToken: cancellation), Options(cancellation), async (blob, inner) =>
        {
            var path = Path.Combine(folder, blob.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await container.GetBlobClient(blob.Name).DownloadToAsync(path, inner);
        });

    /// <summary>One file as parallel blocks.</summary>
    public async Task UploadAsync(string file, string name, int blockBytes, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(file);
        await container.GetBlobClient(name).UploadAsync(content, new BlobUploadOptions { TransferOptions = Blocks(blockBytes) }, cancellation);
    }

    public Task DownloadAsync(string file, string name, int blockBytes, CancellationToken cancellation) => container.GetBlobClient(name)
        .DownloadToAsync(file, new BlobDownloadToOptions { TransferOptions = Blocks(blockBytes) }, cancellation);

    private StorageTransferOptions Blocks(int bytes) =>
        new() { MaximumConcurrency = parallelism, MaximumTransferSize = bytes, InitialTransferSize = bytes };

    private ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
}
