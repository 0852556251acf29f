namespace Tmrvc.ArtifactStore;

/// <summary>Files by content: <c>objects/ab/cdef…</c>, sealed. Knows no names.</summary>
public sealed class ObjectStore(string folder)
{
    public string PathOf(ContentHash hash)
    {
        var text = hash.ToString();
        return Path.Combine(folder, text[..2], text[2..]);
    }

    /// <summary>
    /// Takes a sealed file in under its hash, by link. When the object exists and reads as it should, the file becomes a link to
    /// it, so that equal content lies on the device once; a damaged object is replaced by the file.
    /// </summary>
    /// <exception cref="StorageException"/>
    public void Add(string file, ContentHash hash, long size)
    {
        var path = PathOf(hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (HardLink.TryCreate(file, path) || HardLink.AreOne(file, path))
            return;
        if (!Seal.IsIntact(path, size) || FileHash.Compute(path) != hash || !Share(path, file))
            Replace(file, path);
    }

    /// <summary>Gives an object the name <paramref name="path"/> after reading it through.</summary>
    /// <returns>False when the object is missing or damaged; a damaged one is dropped.</returns>
    /// <exception cref="StorageException"/>
    public bool TryPlace(ContentHash hash, string path)
    {
        var stored = PathOf(hash);
        if (!File.Exists(stored))
            return false;
        if (FileHash.Compute(stored) != hash)
        {
            File.Delete(stored);
            return false;
        }
        Seal.Set(stored);
        return HardLink.TryCreate(stored, path);
    }

    private static bool Share(string stored, string file)
    {
        var link = TemporaryName.Beside(file);
        if (!HardLink.TryCreate(stored, link))
            return false;
        File.Move(link, file, overwrite: true);
        return true;
    }

    private static void Replace(string file, string stored)
    {
        File.Delete(stored);
        HardLink.TryCreate(file, stored);
    }
}
