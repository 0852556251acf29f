using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What this process has found missing or damaged, so that it is replaced when the content is pushed, not taken for there.</summary>
internal sealed class Suspicions
{
    private readonly ConcurrentDictionary<(BlobKind, ContentHash), bool> _blobs = [];

    public void Add(BlobKind kind, ContentHash hash) => _blobs[(kind, hash)] = true;

    public bool Has(BlobKind kind, ContentHash hash) => _blobs.ContainsKey((kind, hash));

    public void Remove(BlobKind kind, ContentHash hash) => _blobs.TryRemove((kind, hash), out _);
}
