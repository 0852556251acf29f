using System.Text;
using Azure.Storage.Blobs.Specialized;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>Somebody with write access to the container, who knows every format and keeps every seal and hash valid.</summary>
internal sealed class Attacker(FaultyContainer shared)
{
    public static readonly byte[] Content = "Owned."u8.ToArray();

    public static readonly ContentHash ContentHash = ContentHash.Of(Content);

    /// <summary>Plants a set with one folder of these paths, in this order, each with the same content.</summary>
    public async Task<EntrySet> PlantTreeAsync(params string[] paths)
    {
        var lines = paths.Select(path => $"{ContentHash} {Content.Length} {path}\n");
        return await PlantTreeAsync(string.Concat(lines), paths.Length, paths.Length * Content.Length);
    }

    /// <param name="lines">Of the manifest.</param>
    public async Task<EntrySet> PlantTreeAsync(string lines, int files, long bytes)
    {
        var tree = new FileTree(Encoding.UTF8.GetBytes("tree 1\n" + lines), files, bytes);
        var set = new EntrySet([new StoredEntry("folder", EntryKind.Folder, tree.Hash, bytes, files)]);
        await PlantAsync(new SetIndex(set, [tree], [], [await PlantPackAsync()], []));
        return set;
    }

    /// <summary>Plants a set of files with these names.</summary>
    public async Task<EntrySet> PlantEntriesAsync(params string[] names)
    {
        var set = new EntrySet(names.Select(name => new StoredEntry(name, EntryKind.File, ContentHash, Content.Length, 1)));
        await PlantAsync(new SetIndex(set, [], [], [await PlantPackAsync()], []));
        return set;
    }

    /// <param name="name">Whose index it pretends to be; null for its own.</param>
    public Task PlantAsync(SetIndex index, ContentHash? name = null) => PutAsync(BlobKind.Set, name ?? index.Set.Hash, SetIndexText.Write(index));

    /// <summary>A pack that holds the content and nothing else.</summary>
    public async Task<PackLine> PlantPackAsync(byte[]? body = null)
    {
        var pack = Pack.Of([new StoredObject(ContentHash, Content.Length)], 0, 1);
        await PutAsync(BlobKind.Pack, pack.Id, body ?? Content);
        return new PackLine(pack.Id, pack.Bytes, 1);
    }

    /// <summary>Plants a set with one folder, the manifest of which is a blob of its own.</summary>
    public async Task<EntrySet> PlantLargeTreeAsync(byte[] manifest, int files, long bytes)
    {
        var hash = ContentHash.Of(manifest);
        var client = shared.Container.GetBlockBlobClient($"v1/objects/{hash}");
        var ids = new List<string>();
        foreach (var block in manifest.Chunk(8 << 20))
        {
            ids.Add(BlockId.Of(ids.Count, block).ToString());
            await client.StageBlockAsync(ids[^1], new MemoryStream(block));
        }
        await client.CommitBlockListAsync(ids);
        var set = new EntrySet([new StoredEntry("folder", EntryKind.Folder, hash, bytes, files)]);
        await PlantAsync(new SetIndex(set, [], [new StoredObject(hash, manifest.Length)], [await PlantPackAsync()], []));
        return set;
    }

    public Task PutAsync(BlobKind kind, ContentHash hash, byte[] body) =>
        shared.Container.GetBlobClient($"v1/{kind.ToString().ToLowerInvariant()}s/{hash}").UploadAsync(BinaryData.FromBytes(body), overwrite: true);
}
