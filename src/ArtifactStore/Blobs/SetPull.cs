namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Brings what this machine lacks of a set, everything verified before it is stored.</summary>
internal sealed class SetPull(BlobAccess access, SetReader reader, TransferSlots slots, BlobStoreSettings settings, TimeProvider clock)
{
    private static readonly ContentHash Nothing = ContentHash.Of([]);

    /// <exception cref="UnusableContentException">Something is missing or damaged there.</exception>
    /// <exception cref="StorageException"/>
    public async Task RunAsync(EntrySet set, LocalStore local, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var meter = new TransferMeter(set.Bytes, progress);
        meter.Begin();
        if (!local.CanRestore(set))
        {
            var (index, _) = await reader.ReadAsync(set.Hash, cancellation).ConfigureAwait(false);
            var download = new ObjectDownload(access, slots, settings, clock);
            await BringTreesAsync(set, index, download, local, cancellation).ConfigureAwait(false);
            var layout = SetReader.Layout(set, index, local.Trees.Read);
            var arrived = new ArrivedFiles(local);
            await BringAsync(layout, download, local, arrived, meter, cancellation).ConfigureAwait(false);
            arrived.Flush();
        }
        meter.Finish();
    }

    /// <summary>Those that the set names; an index may list others.</summary>
    private static async Task BringTreesAsync(
        EntrySet set, SetIndex index, ObjectDownload download, LocalStore local, CancellationToken cancellation)
    {
        var wanted = set.Entries.Where(entry => entry.Kind == EntryKind.Folder).Select(entry => entry.Hash).ToHashSet();
        foreach (var tree in index.LargeTrees.Where(tree => wanted.Contains(tree.Hash)))
            await download.BringAsync(tree, local, local.Trees.PathOf(tree.Hash), new TransferMeter(0, null), cancellation).ConfigureAwait(false);
        foreach (var tree in index.Trees.Where(tree => wanted.Contains(tree.Hash)))
            local.Trees.Add(tree);
    }

    private async Task BringAsync(SetLayout layout, ObjectDownload download, LocalStore local, ArrivedFiles arrived, TransferMeter meter, CancellationToken cancellation)
    {
        if (!local.Objects.Has(Nothing))
            local.Objects.Write(Nothing, []);
        var work = layout.Large.Select(content => Bringing(content, download, local, arrived, meter))
            .Concat(layout.Packs.Select(pack => Bringing(pack, local, arrived, meter)));
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(work, options, async (bring, inner) => await bring(inner).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static Func<CancellationToken, Task> Bringing(
        StoredObject content, ObjectDownload download, LocalStore local, ArrivedFiles arrived, TransferMeter meter) => async cancellation =>
    {
        if (IsHere(content, local, meter))
            return;
        await download.BringAsync(content, local, local.Objects.PathOf(content.Hash), meter, cancellation).ConfigureAwait(false);
        arrived.Add(content.Hash);
    };

    private Func<CancellationToken, Task> Bringing(Pack pack, LocalStore local, ArrivedFiles arrived, TransferMeter meter) => cancellation =>
        new PackDownload(access, slots, settings.Attempts).BringAsync(
            pack,
            content => !IsHere(content, local, meter),
            (content, bytes) =>
            {
                local.Objects.Write(content.Hash, bytes);
                arrived.Add(content.Hash);
                meter.Moved(content.Size);
            },
            cancellation);

    private static bool IsHere(StoredObject content, LocalStore local, TransferMeter meter)
    {
        if (!local.Objects.Has(content.Hash, content.Size))
            return false;
        meter.WasThere(content.Size);
        return true;
    }
}
