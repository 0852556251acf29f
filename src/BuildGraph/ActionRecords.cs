using System.Text.Json;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Action records as JSON, one document per key.</summary>
internal sealed class ActionRecords(RecordFiles files)
{
    /// <returns>Null when there is none, or what is there cannot be read.</returns>
    public ActionRecord? Find(ContentHash key)
    {
        try
        {
            return files.Find(key) is { } document ? RecordDocument.Read(document) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>All that are stored, in the order of their keys.</summary>
    /// <exception cref="StorageException"/>
    public IEnumerable<StoredRecord> All() => files.All().Select(key => new StoredRecord(key, Find(key), files.LastUse(key)));

    /// <returns>The record that counts: this one, or the one that was there before.</returns>
    public ActionRecord Add(ActionRecord record)
    {
        var document = RecordDocument.Write(record);
        if (files.Add(record.Key, document))
            return record;
        if (Find(record.Key) is { } earlier)
            return earlier;
        files.Drop(record.Key);
        return files.Add(record.Key, document) ? record : Find(record.Key) ?? record;
    }

    /// <summary>Puts one that counts for more in the place of what is here.</summary>
    public void Replace(ActionRecord record)
    {
        files.Drop(record.Key);
        Add(record);
    }

    /// <summary>Forgets a record whose outputs are lost, so that a new one can take its place.</summary>
    public void Drop(ContentHash key) => files.Drop(key);
}

/// <param name="Record">Null when it cannot be read.</param>
/// <param name="Used">When it was last written or <see cref="RecordFiles.Use"/>d.</param>
internal sealed record StoredRecord(ContentHash Key, ActionRecord? Record, DateTimeOffset Used);
