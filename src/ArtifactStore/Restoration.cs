namespace Tmrvc.ArtifactStore;

/// <summary>Builds files and folders from objects and trees. It reads on after damage, so that all that has to be brought again is dropped.</summary>
internal static class Restoration
{
    /// <returns>False when something is missing or was damaged.</returns>
    public static bool TryPlace(StoredEntry entry, string path, ObjectStore objects, TreeStore trees)
    {
        if (entry.Kind == EntryKind.File)
            return objects.TryPlace(entry.Hash, path);
        Directory.CreateDirectory(path);
        return trees.Find(entry.Hash) is { } tree && tree.Files.AsParallel().Count(file => !TryPlace(file, path, objects)) == 0;
    }

    public static bool IsAtHand(StoredEntry entry, ObjectStore objects, TreeStore trees) => entry.Kind == EntryKind.File
        ? File.Exists(objects.PathOf(entry.Hash))
        : trees.Find(entry.Hash) is { } tree && tree.Files.All(file => File.Exists(objects.PathOf(file.Hash)));

    private static bool TryPlace(TreeFile file, string folder, ObjectStore objects)
    {
        var path = Path.Combine(folder, file.Path.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return objects.TryPlace(file.Hash, path);
    }
}
