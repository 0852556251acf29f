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
        try
        {
            return Read(hash);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The text of a tree whose lines nobody has to look at.</summary>
    /// <returns>Null when it is missing or damaged.</returns>
    internal ReadOnlyMemory<byte>? ManifestOf(ContentHash hash)
    {
        var path = PathOf(hash);
        return File.Exists(path) && File.ReadAllBytes(path) is var manifest && ContentHash.Of(manifest) == hash ? manifest : null;
    }

    /// <returns>Null when it is missing.</returns>
    /// <exception cref="FormatException">Damaged, or not to be used; it was dropped.</exception>
    internal FileTree? Read(ContentHash hash)
    {
        var path = PathOf(hash);
        if (!File.Exists(path))
            return null;
        try
        {
            var tree = FileTree.Parse(File.ReadAllBytes(path));
            return tree.Hash == hash ? tree : throw new FormatException($"Tree manifest: {hash.Short} is damaged.");
        }
        catch (FormatException)
        {
            File.Delete(path);
            throw;
        }
    }

    internal string PathOf(ContentHash hash)
    {
        var text = hash.ToString();
        return Path.Combine(folder, text[..2], text[2..]);
    }
}
