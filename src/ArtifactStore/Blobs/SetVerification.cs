using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Reads a set through and lists all that is wrong with it.</summary>
/// <param name="sound">Takes note of what is good; what it has is not read again.</param>
internal sealed class SetVerification(BlobAccess access, TransferSlots slots, BlobStoreOptions options, SoundBlobs sound)
{
    private readonly ConcurrentQueue<SharedFault> _faults = [];
    private readonly ObjectDownload _download = new(access, slots, options.Settings, options.Clock);

    public async Task<IReadOnlyList<SharedFault>> RunAsync(ContentHash set, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        await ListingFaults(async () =>
        {
            var reader = new SetReader(access);
            var (index, _) = await reader.ReadAsync(set, cancellation).ConfigureAwait(false);
            var trees = await TreesAsync(index, cancellation).ConfigureAwait(false);
            var layout = SetReader.Layout(index.Set, index, trees.GetValueOrDefault);
            var meter = new TransferMeter(index.Set.Bytes, progress);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Settings.Parallelism, CancellationToken = cancellation };
            await Parallel.ForEachAsync(Work(layout, meter), parallel, async (check, inner) => await check(inner).ConfigureAwait(false)).ConfigureAwait(false);
            meter.Finish();
        }).ConfigureAwait(false);
        return [.. _faults];
    }

    private IEnumerable<Func<CancellationToken, Task>> Work(SetLayout layout, TransferMeter meter)
    {
        foreach (var content in layout.Large.Where(content => !sound.Has(BlobKind.Object, content.Hash)))
            yield return inner => ListingFaults(async () =>
            {
                await ReadAsync(content, (_, _) => { }, meter, inner).ConfigureAwait(false);
                sound.Add(BlobKind.Object, content.Hash, content.Size);
            });
        foreach (var pack in layout.Packs.Where(pack => !sound.Has(BlobKind.Pack, pack.Id)))
            yield return inner => ListingFaults(async () =>
            {
                var download = new PackDownload(access, slots, options.Settings.Attempts);
                await download.BringAsync(pack, _ => true, (content, _) => meter.Moved(content.Size), inner).ConfigureAwait(false);
                sound.Add(BlobKind.Pack, pack.Id, pack.Bytes);
            });
    }

    private async Task<Dictionary<ContentHash, FileTree>> TreesAsync(SetIndex index, CancellationToken cancellation)
    {
        var trees = index.Trees.ToList();
        foreach (var tree in index.LargeTrees)
        {
            var manifest = new byte[tree.Size];
            await ReadAsync(tree, (block, bytes) => bytes.CopyTo(manifest.AsMemory((int)block.Offset)), new TransferMeter(0, null), cancellation).ConfigureAwait(false);
            trees.Add(Parse(tree.Hash, manifest));
        }
        return trees.DistinctBy(tree => tree.Hash).ToDictionary(tree => tree.Hash);
    }

    private static FileTree Parse(ContentHash hash, byte[] manifest)
    {
        try
        {
            return FileTree.Parse(manifest);
        }
        catch (FormatException fault)
        {
            throw new UnusableContentException(BlobKind.Object, hash, $"cannot be used: {fault.Message}");
        }
    }

    private async Task ReadAsync(
        StoredObject content, Action<BlockSpan, ReadOnlyMemory<byte>> receive, TransferMeter meter, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var slot = await slots.TakeAsync(cancellation).ConfigureAwait(false);
        foreach (var block in await _download.BlocksAsync(content, cancellation).ConfigureAwait(false))
        {
            var bytes = slot.Buffer.AsMemory(0, block.Length);
            await _download.ReadAsync(content.Hash, block, bytes, cancellation).ConfigureAwait(false);
            hash.AppendData(bytes.Span);
            receive(block, bytes);
            meter.Moved(block.Length);
        }
        if (new ContentHash(hash.GetHashAndReset()) != content.Hash)
            throw new UnusableContentException(BlobKind.Object, content.Hash, "is damaged");
    }

    private async Task ListingFaults(Func<Task> check)
    {
        try
        {
            await check().ConfigureAwait(false);
        }
        catch (UnusableContentException fault)
        {
            _faults.Enqueue(new SharedFault(fault.Kind, fault.Hash, fault.Message));
        }
    }
}
