using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>Takes a finished folder's files into objects and its folders into trees.</summary>
internal static class Intake
{
    public static EntrySet Take(FinishedFolder folder, ObjectStore objects, TreeStore trees)
    {
        var files = folder.Files.AsParallel().Select(file => Take(folder.Path, file, objects)).ToArray();
        var set = Group(files, folder.Folders.Select(path => Path.GetRelativePath(folder.Path, path)).Where(path => Path.GetFileName(path) == path), out var made);
        foreach (var tree in made)
            trees.Add(tree);
        return set;
    }

    /// <summary>The set that files come to.</summary>
    /// <param name="files">Paths relative to the set's folder.</param>
    /// <param name="folders">Names of the folders directly in it, also empty ones.</param>
    public static EntrySet Group(IReadOnlyList<TreeFile> files, IEnumerable<string> folders, out IReadOnlyList<FileTree> trees)
    {
        var alone = files.Where(file => !file.Path.Contains('/'))
            .Select(file => new StoredEntry(file.Path, EntryKind.File, file.Hash, file.Size, 1));
        var grouped = files.Where(file => file.Path.Contains('/')).ToLookup(file => file.Path[..file.Path.IndexOf('/')]);
        var made = folders.Select(name => (Name: name, Tree: TreeOf(name, grouped[name]))).ToArray();
        trees = [.. made.Select(folder => folder.Tree)];
        return new EntrySet(alone.Concat(made.Select(folder =>
            new StoredEntry(folder.Name, EntryKind.Folder, folder.Tree.Hash, folder.Tree.Bytes, folder.Tree.Count))));
    }

    private static TreeFile Take(string folder, FinishedFile finished, ObjectStore objects)
    {
        var path = finished.Path[(folder.Length + 1)..].Replace('\\', '/');
        if (finished.Known is { } known)
            return new TreeFile(path, known, finished.Size);
        var file = new TreeFile(path, FileHash.Compute(finished.Path), finished.Size);
        objects.Add(finished.Path, file.Hash, file.Size);
        return file;
    }

    private static FileTree TreeOf(string name, IEnumerable<TreeFile> files) => TreeText.Write(files
        .Select(file => file with { Path = file.Path[(name.Length + 1)..] })
        .OrderBy(file => Encoding.UTF8.GetBytes(file.Path), Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))));
}
