namespace Tmrvc.ArtifactStore;

/// <summary>Lists what lies in a local store, by kind. Folder by folder, so that what has been listed may be deleted on the way.</summary>
/// <param name="root">The store's folder.</param>
internal sealed class StoreListing(string root)
{
    public IEnumerable<ListedFile> Objects => HashNamed(Path.Combine(root, "objects"), "");

    public IEnumerable<ListedFile> Trees => HashNamed(Path.Combine(root, "trees"), "");

    public IEnumerable<ListedFile> Records => HashNamed(Path.Combine(root, "records"), RecordFiles.Extension);

    /// <summary>Absolute paths of the folders that stand for sets; one that is not named by a hash was never finished.</summary>
    public IEnumerable<ListedFile> Entries => Folders(Path.Combine(root, "entries"))
        .Select(path => new ListedFile(path, ContentHash.TryParse(Path.GetFileName(path), out var hash) ? hash : null));

    /// <summary>Parts of large files whose way from a shared store was cut off; nobody is putting them together while the store is used alone.</summary>
    public IEnumerable<string> Incoming => Files(Path.Combine(root, "incoming"));

    /// <summary>Files of past locks; nobody holds them while the store is used alone.</summary>
    public IEnumerable<string> Leases => Files(Path.Combine(root, "leases"));

    /// <summary>The files <c>ab/cdef…</c> below a folder.</summary>
    public static IEnumerable<ListedFile> HashNamed(string kind, string extension) =>
        from folder in Folders(kind)
        from path in Files(folder)
        select new ListedFile(path, HashOf(Path.GetFileName(folder), Path.GetFileName(path), extension));

    private static ContentHash? HashOf(string folder, string name, string extension) =>
        name.EndsWith(extension, StringComparison.Ordinal) && ContentHash.TryParse(folder + name[..^extension.Length], out var hash) ? hash : null;

    private static string[] Folders(string path) => List(path, Directory.GetDirectories);

    private static string[] Files(string path) => List(path, Directory.GetFiles);

    private static string[] List(string path, Func<string, string[]> list)
    {
        try
        {
            var found = Directory.Exists(path) ? list(path) : [];
            Array.Sort(found, StringComparer.Ordinal);
            return found;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(path, cause);
        }
    }
}

/// <param name="Path">Absolute.</param>
/// <param name="Hash">What its name says it holds; null for what a writer left unfinished.</param>
internal readonly record struct ListedFile(string Path, ContentHash? Hash);
