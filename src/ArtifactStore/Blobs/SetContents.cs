using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What a set consists of, in one order that both sides derive from its manifests.</summary>
internal static class SetContents
{
    private static readonly ContentHash Nothing = ContentHash.Of([]);

    /// <summary>Each content once, where it is named first: entries by name, files of a folder by the bytes of their paths. No empty files.</summary>
    /// <param name="tree">Finds a tree; throws when it cannot.</param>
    /// <exception cref="FormatException">Names that cannot travel, or sizes and counts that contradict each other.</exception>
    public static StoredObject[] Of(EntrySet set, Func<ContentHash, FileTree> tree)
    {
        RequirePortable(set);
        var sizes = new Dictionary<ContentHash, long>();
        var objects = new List<StoredObject>();
        foreach (var entry in set.Entries)
            if (entry.Kind == EntryKind.File)
                Take(entry.Name, new StoredObject(entry.Hash, entry.Bytes), sizes, objects);
            else
                Take(entry, tree(entry.Hash), sizes, objects);
        return [.. objects];
    }

    private static void RequirePortable(EntrySet set)
    {
        var clashes = new ClashingNames();
        foreach (var entry in set.Entries)
            RequirePortable(entry.Name, clashes);
    }

    private static void Take(StoredEntry entry, FileTree tree, Dictionary<ContentHash, long> sizes, List<StoredObject> objects)
    {
        if ((tree.Bytes, tree.Count) != (entry.Bytes, entry.Files))
            throw new FormatException(
                $"'{entry.Name}': {entry.Files} files of {entry.Bytes} bytes are announced, {tree.Count} of {tree.Bytes} listed.");
        var clashes = new ClashingNames();
        sizes.EnsureCapacity(sizes.Count + tree.Count);
        foreach (var file in tree.Files)
        {
            RequirePortable(file.Path, clashes);
            Take(file.Path, new StoredObject(file.Hash, file.Size), sizes, objects);
        }
    }

    private static void Take(string path, StoredObject content, Dictionary<ContentHash, long> sizes, List<StoredObject> objects)
    {
        ref var size = ref CollectionsMarshal.GetValueRefOrAddDefault(sizes, content.Hash, out var known);
        if (content.Size < 0 || (known && size != content.Size) || (content.Size == 0) != (content.Hash == Nothing))
            throw new FormatException($"'{path}': its size of {content.Size} bytes contradicts its hash.");
        size = content.Size;
        if (!known && content.Size > 0)
            objects.Add(content);
    }

    private static void RequirePortable(string path, ClashingNames clashes)
    {
        if (EntryPath.FaultOf(path) is { } fault)
            throw new FormatException($"'{path}' cannot travel: {fault}. Rename it.");
        if (!clashes.TryAdd(path))
            throw new FormatException($"'{path}' cannot travel: another name differs from it by case only, or is a folder here and a file there. Rename one.");
    }
}
