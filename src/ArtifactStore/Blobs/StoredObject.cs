namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Content that a set names, whatever its paths.</summary>
internal readonly record struct StoredObject(ContentHash Hash, long Size);
