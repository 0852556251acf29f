namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// Sends a set: content first, its index last. Every blob is looked for, so what the store has lost is sent again, and what it has counts
/// as new for the collection of garbage.
/// </summary>
internal sealed class SetPush(BlobAccess access, TransferSlots slots, Suspicions suspicions, int parallelism)
{
    /// <summary>Manifests that come with an index add up to this at most.</summary>
    private const int MostTreeBytes = 16 << 20;

    /// <exception cref="StorageException">Something of the set is missing or damaged on this machine, or its names cannot travel.</exception>
    public async Task RunAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var meter = new TransferMeter(set.Bytes, progress);
        meter.Begin();
        var index = await SendContentAsync(set, local, meter, cancellation).ConfigureAwait(false);
        await access.WriteAsync(BlobKind.Set, set.Hash, index, cancellation).ConfigureAwait(false);
        suspicions.Remove(BlobKind.Set, set.Hash);
        meter.Finish();
    }

    /// <returns>The index.</returns>
    private async Task<byte[]> SendContentAsync(EntrySet set, LocalStore local, TransferMeter meter, CancellationToken cancellation)
    {
        var contents = Contents(set, local);
        var (large, small) = StoredObject.Part(contents, content => content.Size >= Pack.LargeFrom);
        var packs = Pack.Cut(small).ToArray();
        var (inline, apart) = Trees(set, local);
        var work = apart.Select(tree => Sending(tree, local.Trees.PathOf(tree.Hash), new TransferMeter(0, null)))
            .Concat(large.Select(content => Sending(content, local.Objects.PathOf(content.Hash), meter)))
            .Concat(packs.Select(pack => Sending(pack, local, meter)));
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(work, options, async (send, inner) => await send(inner).ConfigureAwait(false)).ConfigureAwait(false);
        return SetIndexText.Write(new SetIndex(
            set, inline, apart, [.. packs.Select(pack => new PackLine(pack.Id, pack.Bytes, pack.Objects.Count))], large));
    }

    private static StoredObject[] Contents(EntrySet set, LocalStore local)
    {
        try
        {
            return SetContents.Of(set, hash => Tree(hash, local));
        }
        catch (FormatException fault)
        {
            throw new StorageException($"Outputs {set.Hash.Short}: {fault.Message}");
        }
    }

    private static (IReadOnlyList<FileTree> Inline, IReadOnlyList<StoredObject> Apart) Trees(EntrySet set, LocalStore local)
    {
        var (inline, apart, room) = (new List<FileTree>(), new List<StoredObject>(), MostTreeBytes);
        foreach (var hash in set.Entries.Where(entry => entry.Kind == EntryKind.Folder).Select(entry => entry.Hash).Distinct())
            if (Tree(hash, local) is var tree && tree.Manifest.Length < Pack.LargeFrom && tree.Manifest.Length <= room)
            {
                inline.Add(tree);
                room -= tree.Manifest.Length;
            }
            else
                apart.Add(new StoredObject(hash, tree.Manifest.Length));
        return (inline, apart);
    }

    private static FileTree Tree(ContentHash hash, LocalStore local) => local.Trees.Find(hash) ??
        throw new StorageException($"{local.Trees.PathOf(hash)}: missing or damaged. The next run restores it, or makes it again.");

    private Func<CancellationToken, Task> Sending(StoredObject content, string path, TransferMeter meter) => async cancellation =>
    {
        var upload = new ObjectUpload(access, slots, parallelism);
        await upload.SendAsync(content, path, suspicions.Has(BlobKind.Object, content.Hash), meter, cancellation).ConfigureAwait(false);
        suspicions.Remove(BlobKind.Object, content.Hash);
    };

    private Func<CancellationToken, Task> Sending(Pack pack, LocalStore local, TransferMeter meter) => async cancellation =>
    {
        var upload = new PackUpload(access, slots, local);
        await upload.SendAsync(pack, suspicions.Has(BlobKind.Pack, pack.Id), meter, cancellation).ConfigureAwait(false);
        suspicions.Remove(BlobKind.Pack, pack.Id);
    };
}
