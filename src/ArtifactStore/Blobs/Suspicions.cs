using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What this process has found missing or damaged, so that it is replaced when the content is pushed, not taken for there.</summary>
internal sealed class Suspicions
{
    private readonly ConcurrentDictionary<(BlobKind, ContentHash), bool> _blobs = [];
    private readonly ConcurrentDictionary<ContentHash, (ContentHash Document, bool IsDistrusted)> _given = [];

    public void Add(BlobKind kind, ContentHash hash) => _blobs[(kind, hash)] = true;

    public bool Has(BlobKind kind, ContentHash hash) => _blobs.ContainsKey((kind, hash));

    /// <summary>Notes what was given for a key.</summary>
    public void Gave(ContentHash key, ReadOnlySpan<byte> document) => _given[key] = (ContentHash.Of(document), false);

    /// <returns>False when it was not this that was given, or it is distrusted already.</returns>
    public bool TryDistrust(ContentHash key, ReadOnlySpan<byte> document) =>
        ContentHash.Of(document) is var hash && _given.TryUpdate(key, (hash, true), (hash, false));

    public bool IsDistrusted(ContentHash key, ReadOnlySpan<byte> document) =>
        _given.TryGetValue(key, out var given) && given == (ContentHash.Of(document), true);

    public void Remove(BlobKind kind, ContentHash hash) => _blobs.TryRemove((kind, hash), out _);
}
