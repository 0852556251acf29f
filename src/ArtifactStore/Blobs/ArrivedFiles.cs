using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Objects that must reach the device before anybody vouches for them. Of many, only a few are kept in mind: all are flushed then.</summary>
internal sealed class ArrivedFiles(LocalStore local)
{
    private readonly ConcurrentQueue<string> _files = [];

    public void Add(ContentHash hash)
    {
        if (_files.Count <= Durability.FewFiles)
            _files.Enqueue(local.Objects.PathOf(hash));
    }

    /// <exception cref="StorageException"/>
    public void Flush() => local.Flush(_files);
}
