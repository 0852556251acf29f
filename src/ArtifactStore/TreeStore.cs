namespace Tmrvc.ArtifactStore;

/// <summary>Manifests of trees by their hash: <c>trees/ab/cdef…</c>.</summary>
public sealed class TreeStore(string folder)
{
    /// <exception cref="StorageException"/>
    public void Add(FileTree tree) => AtomicFile.Create(PathOf(tree.Hash), tree.Manifest.Span);

    public bool Has(ContentHash hash) => File.Exists(PathOf(hash));

    /// <returns>Null when it is missing or damaged; a damaged one is dropped.</returns>
    public FileTree? Find(ContentHash hash)
    {
        var path = PathOf(hash);
        if (!File.Exists(path))
            return null;
        if (TryParse(File.ReadAllBytes(path)) is { } tree && tree.Hash == hash)
            return tree;
        File.Delete(path);
        return null;
    }

    private static FileTree? TryParse(byte[] manifest)
    {
        try
        {
            return FileTree.Parse(manifest);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    internal string PathOf(ContentHash hash)
    {
        var text = hash.ToString();
        return Path.Combine(folder, text[..2], text[2..]);
    }
}
