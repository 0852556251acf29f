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
        if (HardLink.AreOne(file, path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (HardLink.TryCreate(file, path) || HardLink.AreOne(file, path))
            return;
        if (!Seal.IsIntact(path, size) || FileHash.Compute(path) != hash || !Share(path, file))
            Replace(file, path);
    }

    public bool Has(ContentHash hash) => File.Exists(PathOf(hash));

    /// <summary>Whether there is an object of this length; a power cut leaves shorter ones. Its bytes are not read.</summary>
    public bool Has(ContentHash hash, long size) => new FileInfo(PathOf(hash)) is { Exists: true } file && file.Length == size;

    /// <summary>Writes an object that came from elsewhere. It appears as a whole, sealed, in place of what was there; it is not flushed.</summary>
    /// <param name="content">Verified to have this hash.</param>
    /// <exception cref="StorageException"/>
    internal void Write(ContentHash hash, ReadOnlySpan<byte> content)
    {
        var path = PathOf(hash);
        var temporary = TemporaryName.Beside(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
                Seal.Set(file);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            TemporaryName.Clear(temporary);
            throw StorageException.About(folder, cause);
        }
    }

    /// <summary>Reads an object that is as long as <paramref name="into"/>.</summary>
    /// <exception cref="StorageException">It is missing, or damaged; a damaged one is dropped.</exception>
    internal void Read(ContentHash hash, Span<byte> into)
    {
        var path = PathOf(hash);
        try
        {
            using var file = File.OpenHandle(path);
            var read = RandomAccess.Read(file, into, 0);
            if (read == into.Length && RandomAccess.GetLength(file) == read && ContentHash.Of(into) == hash)
                return;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(path, cause);
        }
        Drop(hash);
        throw new StorageException($"{path}: damaged, so it was dropped. The next run restores it, or makes it again.");
    }

    /// <summary>Drops an object that does not read as it should, so that nobody takes it for there.</summary>
    internal void Drop(ContentHash hash) => File.Delete(PathOf(hash));

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
