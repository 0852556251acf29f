using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// The records of this machine, and those of the shared store that have been asked for: each key once, unless it is forgotten. Safe for
/// several threads.
/// </summary>
internal sealed class KnownRecords(Workshop shop)
{
    // By the key's text: a no-op compiles no collection of hashes.
    private readonly ConcurrentDictionary<string, ActionRecord?> _answers = new();
    private readonly ConcurrentDictionary<string, string> _lost = new();

    /// <summary>The local record; the shared one where there is none, or where only the shared store has the outputs.</summary>
    public ActionRecord? Find(ContentHash key)
    {
        var local = shop.Records.Find(key);
        return shop.Shared is not null && _answers.GetValueOrDefault(key.ToString()) is { } shared && (local is null || !IsHere(local))
            ? shared
            : local;
    }

    /// <summary>The record that was locked, be it this machine's or the shared one; what else has been recorded under its key does not count.</summary>
    public ActionRecord? Find(LockedStage locked) =>
        new[] { shop.Records.Find(locked.Key), _answers.GetValueOrDefault(locked.Key.ToString()) }
            .FirstOrDefault(record => record is not null && locked.Names(record));

    /// <summary>Whether asking could tell more.</summary>
    public bool MayAsk(ContentHash key) => shop.Shared is not null && !_answers.ContainsKey(key.ToString());

    /// <summary>Whether the shared store is known to have the key's outputs.</summary>
    public bool AreShared(ContentHash key) => shop.Shared is { } shared &&
        (_answers.TryGetValue(key.ToString(), out var answer) ? answer is not null : shared.Markers.Has(key));

    /// <summary>One request.</summary>
    public async Task AskAsync(ContentHash key, StageId stage, IEnumerable<string> outputs, CancellationToken cancellation)
    {
        var found = await shop.Shared!.FindAsync(key, stage, outputs, cancellation);
        _answers[key.ToString()] = found is not null && !IsLost(found) ? found : null;
    }

    /// <summary>Somebody may have finished it meanwhile.</summary>
    public void Forget(ContentHash key) => _answers.TryRemove(key.ToString(), out _);

    /// <summary>Its outputs cannot be had in this run.</summary>
    /// <param name="isLost">They are nowhere, so the record counts no longer; otherwise they are out of reach, and it does.</param>
    /// <exception cref="StorageException"/>
    public void GiveUp(ActionRecord record, bool isLost)
    {
        _answers[record.Key.ToString()] = null;
        if (!isLost)
            return;
        _lost[new EntrySet(record.Outputs).Hash.ToString()] = record.Stage;
        shop.Shared?.Markers.Drop(record.Key);
        shop.Records.Drop(record.Key);
    }

    /// <summary>Keeps what was found elsewhere, so that the next run need not ask.</summary>
    /// <exception cref="StorageException"/>
    public void Keep(ActionRecord record)
    {
        if (shop.Shared is not { } shared || !ReferenceEquals(_answers.GetValueOrDefault(record.Key.ToString()), record))
            return;
        if (!SameOutputs(shop.Records.Find(record.Key), record))
            shop.Records.Replace(record);
        if (!shared.Markers.Has(record.Key))
            shared.Markers.Add(record.Key);
    }

    private bool IsLost(ActionRecord record) => _lost.ContainsKey(new EntrySet(record.Outputs).Hash.ToString());

    private bool IsHere(ActionRecord record)
    {
        var outputs = new EntrySet(record.Outputs);
        return shop.Store.IsInPlace(outputs) || shop.Store.CanRestore(outputs);
    }

    private static bool SameOutputs(ActionRecord? local, ActionRecord record) =>
        local is not null && new EntrySet(local.Outputs).Hash == new EntrySet(record.Outputs).Hash;
}
