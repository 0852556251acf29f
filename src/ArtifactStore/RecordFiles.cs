namespace Tmrvc.ArtifactStore;

/// <summary>Small documents by key: <c>records/ab/cdef….json</c>. The first writer wins. Knows nothing of their content.</summary>
public sealed class RecordFiles(string folder)
{
    public string PathOf(ContentHash key)
    {
        var text = key.ToString();
        return Path.Combine(folder, text[..2], text[2..] + ".json");
    }

    /// <returns>Null when there is none.</returns>
    /// <exception cref="StorageException"/>
    public byte[]? Find(ContentHash key)
    {
        try
        {
            return File.ReadAllBytes(PathOf(key));
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(PathOf(key), cause);
        }
    }

    /// <returns>False when there was one already.</returns>
    /// <exception cref="StorageException"/>
    public bool Add(ContentHash key, ReadOnlySpan<byte> document) => AtomicFile.Create(PathOf(key), document);

    /// <summary>Forgets a document whose content cannot be had any more.</summary>
    public void Drop(ContentHash key) => File.Delete(PathOf(key));
}
