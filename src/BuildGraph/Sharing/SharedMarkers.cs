using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Which keys a shared store is known to have: an empty file each, so that a run that does nothing asks nothing. A wrong marker costs a
/// failed restore, after which it is dropped.
/// </summary>
/// <param name="folder">Of all markers of the checkout; each shared store has its own below.</param>
/// <param name="store">The shared store's name.</param>
internal sealed class SharedMarkers(string folder, string store)
{
    private readonly string _folder = Path.Combine(folder, ContentHash.Of(Encoding.UTF8.GetBytes(store)).ToString());

    public bool Has(ContentHash key) => File.Exists(PathOf(key));

    /// <summary>Whether the store was known to have the key at that time or later.</summary>
    public bool HasSince(DateTimeOffset time, ContentHash key) => File.GetLastWriteTimeUtc(PathOf(key)) >= time.UtcDateTime;

    /// <exception cref="StorageException"/>
    public void Add(ContentHash key) => AtomicFile.Replace(PathOf(key), [], flush: false);

    /// <exception cref="StorageException"/>
    public void Drop(ContentHash key)
    {
        try
        {
            if (Has(key))
                File.Delete(PathOf(key));
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(PathOf(key), cause);
        }
    }

    private string PathOf(ContentHash key)
    {
        var text = key.ToString();
        return Path.Combine(_folder, text[..2], text[2..]);
    }
}
