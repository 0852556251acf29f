using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// The shared store as the engine sees it: what it cannot give, for whatever reason, is not there. Knows what the store has from
/// markers, and never asks twice about a key unless told to.
/// </summary>
internal sealed class SharedAccess(ISharedStore store, LocalStore local, SharedMarkers markers)
{
    public ISharedStore Store => store;

    public SharedMarkers Markers => markers;

    /// <param name="outputs">Names the record must have.</param>
    /// <returns>Null when the store has no record that fits, or cannot be asked.</returns>
    public async Task<ActionRecord?> FindAsync(ContentHash key, StageId stage, IEnumerable<string> outputs, CancellationToken cancellation)
    {
        try
        {
            return await store.FindRecordAsync(key, cancellation) is { } document ? Read(document, key, stage, outputs) : null;
        }
        catch (SharedStoreException)
        {
            return null;
        }
    }

    /// <returns>Null when the document does not fit what was asked for; the store has been told.</returns>
    public ActionRecord? Read(byte[] document, ContentHash key, StageId stage, IEnumerable<string> outputs)
    {
        var record = ForeignRecord.Read(document, key, stage, outputs);
        if (record is null)
            store.Distrust(key, document);
        return record;
    }

    /// <summary>Asks by key alone, for a record whose stage is not known.</summary>
    /// <returns>Null when the store has no record that can be read, or cannot be asked.</returns>
    public async Task<ActionRecord?> TryFindAsync(ContentHash key, CancellationToken cancellation)
    {
        try
        {
            return await store.FindRecordAsync(key, cancellation) is { } document ? RecordDocument.Read(document) : null;
        }
        catch (Exception cause) when (cause is SharedStoreException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <returns>Null when the store cannot be asked; false when it lacks something of the set.</returns>
    /// <exception cref="StorageException"/>
    public async Task<bool?> TryPullAsync(EntrySet set, IProgress<TransferProgress> progress, CancellationToken cancellation)
    {
        try
        {
            return await store.PullAsync(set, local, progress, cancellation);
        }
        catch (SharedStoreException)
        {
            return null;
        }
    }
}
