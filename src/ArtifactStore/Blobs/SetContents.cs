using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What a set consists of, in one order that both sides derive from its manifests. A million files must fit in modest memory.</summary>
internal sealed class SetContents
{
    private static readonly ContentHash Nothing = ContentHash.Of([]);

    private readonly Dictionary<ContentHash, long> _sizes = [];
    private StoredObject[] _objects = [];
    private int _count;

    private SetContents() { }

    /// <summary>Each content once, where it is named first: entries by name, files of a folder by the bytes of their paths. No empty files.</summary>
    /// <param name="tree">Finds a tree; throws when it cannot.</param>
    /// <exception cref="FormatException">Names that cannot travel, or sizes and counts that contradict each other.</exception>
    public static StoredObject[] Of(EntrySet set, Func<ContentHash, FileTree> tree)
    {
        var contents = new SetContents();
        contents.MakeRoom(set.Entries.Count);
        var clashes = new ClashingNames();
        foreach (var entry in set.Entries)
        {
            RequirePortable(entry.Name, clashes);
            if (entry.Kind == EntryKind.File)
                contents.Take(entry.Name, new StoredObject(entry.Hash, entry.Bytes));
            else
                contents.Take(entry, tree(entry.Hash));
        }
        Array.Resize(ref contents._objects, contents._count);
        return contents._objects;
    }

    private void MakeRoom(int more)
    {
        _sizes.EnsureCapacity(_count + more);
        Array.Resize(ref _objects, _objects.Length + more);
    }

    private void Take(StoredEntry entry, FileTree tree)
    {
        if ((tree.Bytes, tree.Count) != (entry.Bytes, entry.Files))
            throw new FormatException(
                $"'{entry.Name}': {entry.Files} files of {entry.Bytes} bytes are announced, {tree.Count} of {tree.Bytes} listed.");
        MakeRoom(tree.Count);
        var clashes = new ClashingNames();
        foreach (var file in tree.Files)
        {
            RequirePortable(file.Path, clashes);
            Take(file.Path, new StoredObject(file.Hash, file.Size));
        }
    }

    private void Take(string path, StoredObject content)
    {
        ref var size = ref CollectionsMarshal.GetValueRefOrAddDefault(_sizes, content.Hash, out var known);
        if (content.Size < 0 || (known && size != content.Size) || (content.Size == 0) != (content.Hash == Nothing))
            throw new FormatException($"'{path}': its size of {content.Size} bytes contradicts its hash.");
        size = content.Size;
        if (!known && content.Size > 0)
            _objects[_count++] = content;
    }

    private static void RequirePortable(string path, ClashingNames clashes)
    {
        if (EntryPath.FaultOf(path) is { } fault)
            throw new FormatException($"'{path}' cannot travel: {fault}. Rename it.");
        if (!clashes.TryAdd(path))
            throw new FormatException($"'{path}' cannot travel: another name differs from it by case only, or is a folder here and a file there. Rename one.");
    }
}
