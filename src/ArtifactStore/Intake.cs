using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Takes a finished folder's files into objects and its folders into trees.</summary>
internal static class Intake
{
    public static (EntrySet Set, IReadOnlyList<TreeFile> Files) Take(FinishedFolder folder, ObjectStore objects, TreeStore trees)
    {
        var files = folder.Files.AsParallel().Select(path => Take(folder, path, objects)).ToArray();
        var alone = files.Where(file => !file.Path.Contains('/'))
            .Select(file => new StoredEntry(file.Path, EntryKind.File, file.Hash, file.Size, 1));
        var grouped = files.Where(file => file.Path.Contains('/')).ToLookup(file => file.Path[..file.Path.IndexOf('/')]);
        var folders = folder.Folders.Select(path => Path.GetRelativePath(folder.Path, path))
            .Where(path => Path.GetFileName(path) == path)
            .Select(name => Take(name, grouped[name], trees));
        return (new EntrySet(alone.Concat(folders)), files);
    }

    private static TreeFile Take(FinishedFolder folder, string path, ObjectStore objects)
    {
        var file = new TreeFile(Path.GetRelativePath(folder.Path, path).Replace('\\', '/'), FileHash.Compute(path),
            new FileInfo(path).Length);
        if (file.Path.Any(char.IsControl))
            throw new StorageException($"'{file.Path}': a name with control characters cannot be kept. Rename the file.");
        objects.Add(path, file.Hash, file.Size);
        return file;
    }

    private static StoredEntry Take(string name, IEnumerable<TreeFile> files, TreeStore trees)
    {
        var tree = TreeText.Write(files
            .Select(file => file with { Path = file.Path[(name.Length + 1)..] })
            .OrderBy(file => Encoding.UTF8.GetBytes(file.Path), Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))));
        trees.Add(tree);
        return new StoredEntry(name, EntryKind.Folder, tree.Hash, tree.Bytes, tree.Count);
    }
}
