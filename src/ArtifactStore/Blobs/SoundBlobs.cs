using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Blobs that a verification has read and found good: what many sets share is read once. Safe for several threads.</summary>
public sealed class SoundBlobs
{
    private readonly ConcurrentDictionary<(BlobKind, ContentHash), long> _blobs = [];

    public int Count => _blobs.Count;

    public long Bytes => _blobs.Values.Sum();

    internal bool Has(BlobKind kind, ContentHash hash) => _blobs.ContainsKey((kind, hash));

    internal void Add(BlobKind kind, ContentHash hash, long bytes) => _blobs[(kind, hash)] = bytes;
}
