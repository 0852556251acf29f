namespace Tmrvc.ArtifactStore;

/// <summary>Small documents by key: <c>records/ab/cdef….json</c>. The first writer wins. Knows nothing of their content.</summary>
public sealed class RecordFiles(string folder)
{
    internal const string Extension = ".json";

    private static readonly TimeSpan UsePrecision = TimeSpan.FromDays(1);

    public string PathOf(ContentHash key)
    {
        var text = key.ToString();
        return Path.Combine(folder, text[..2], text[2..] + Extension);
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

    /// <summary>The keys of all documents, in their order.</summary>
    /// <exception cref="StorageException"/>
    public IEnumerable<ContentHash> All() => StoreListing.HashNamed(folder, Extension).Select(record => record.Hash).OfType<ContentHash>();

    /// <summary>When a document was last written or used, to a day.</summary>
    public DateTimeOffset LastUse(ContentHash key) => File.GetLastWriteTimeUtc(PathOf(key));

    /// <summary>Takes note that a document is used, so that it is not cleaned away for lack of use. Where that cannot be written it is left.</summary>
    public void Use(ContentHash key, DateTimeOffset now)
    {
        try
        {
            if (now - LastUse(key) > UsePrecision)
                File.SetLastWriteTimeUtc(PathOf(key), now.UtcDateTime);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
        }
    }

    /// <summary>Forgets a document whose content cannot be had any more.</summary>
    /// <exception cref="StorageException"/>
    public void Drop(ContentHash key)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(PathOf(key), cause);
        }
    }
}
