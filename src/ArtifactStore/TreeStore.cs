namespace Tmrvc.ArtifactStore;

/// <summary>Manifests of trees by their hash: <c>trees/ab/cdef…</c>.</summary>
public sealed class TreeStore(string folder)
{
    /// <exception cref="StorageException"/>
    public void Add(FileTree tree) => AtomicFile.Create(PathOf(tree.Hash), tree.Manifest.Span);

    /// <returns>Null when it is missing or damaged; a damaged one is dropped.</returns>
    public FileTree? Find(ContentHash hash)
    {
        var path = PathOf(hash);
        if (!File.Exists(path))
            return null;
        var manifest = File.ReadAllBytes(path);
        if (ContentHash.Of(manifest) == hash)
            return FileTree.Parse(manifest);
        File.Delete(path);
        return null;
    }

    private string PathOf(ContentHash hash)
    {
        var text = hash.ToString();
        return Path.Combine(folder, text[..2], text[2..]);
    }
}
