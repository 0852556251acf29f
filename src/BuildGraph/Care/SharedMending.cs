using System.Text.Json;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.BuildGraph;

/// <summary>Replaces what is damaged in a shared store from this checkout, or drops it.</summary>
internal sealed class SharedMending(Workshop shop, BlobStore store, Action<string> tell)
{
    private readonly BlobInventory _inventory = store.Inventory;

    /// <returns>Null when the document is no record, or not that of the key.</returns>
    public static ActionRecord? Read(byte[] document, ContentHash key)
    {
        try
        {
            var record = RecordDocument.Read(document);
            return RecordCheck.Belongs(record, key) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Whether a good record has taken its place.</returns>
    public async Task<bool> MendRecordAsync(SharedBlob blob, CancellationToken cancellation)
    {
        tell($"record {blob.Hash.Short}: damaged, or not that of its key");
        if (!store.IsWritable)
            return Untouched(blob.Hash);
        if (!await _inventory.DeleteAsync(blob, cancellation))
            return Replaced(blob.Hash);
        return Own(blob.Hash) is { } own ? await PushAsync(own, cancellation) : Lost(blob.Hash);
    }

    /// <summary>The document counts; what the blob says beside it is for those who clean up.</summary>
    public async Task<bool> MendMarkAsync(SharedBlob blob, ActionRecord record, CancellationToken cancellation)
    {
        tell($"{record.Stage} {record.Key.Short}: its record is marked with other outputs than it names");
        if (!store.IsWritable)
            return Untouched(blob.Hash);
        await _inventory.PardonAsync(blob with { Set = new EntrySet(record.Outputs).Hash }, cancellation);
        tell($"{record.Stage} {record.Key.Short}: marked anew");
        return true;
    }

    /// <returns>Whether good content has taken the place of what is damaged.</returns>
    public async Task<bool> MendContentAsync(
        SharedBlob blob, ActionRecord record, IReadOnlyList<SharedFault> faults, CancellationToken cancellation)
    {
        foreach (var fault in faults)
            tell($"{record.Stage} {record.Key.Short}: {fault.Words}");
        if (!store.IsWritable)
            return Untouched(blob.Hash);
        var set = new EntrySet(record.Outputs).Hash;
        if (Own(blob.Hash) is { } own && new EntrySet(own.Outputs).Hash == set)
        {
            Distrust(set, faults);
            return await PushAsync(own, cancellation);
        }
        if (!await _inventory.DeleteAsync(blob, cancellation))
            return Replaced(blob.Hash);
        await DropAsync(set, faults, cancellation);
        return Lost(blob.Hash);
    }

    /// <summary>For content that no record names.</summary>
    public async Task DropUnnamedAsync(ContentHash set, IReadOnlyList<SharedFault> faults, CancellationToken cancellation)
    {
        foreach (var fault in faults)
            tell($"outputs {set.Short}, which no record names: {fault.Words}");
        if (!store.IsWritable)
            return;
        await DropAsync(set, faults, cancellation);
        tell($"outputs {set.Short}: dropped");
    }

    private async Task DropAsync(ContentHash set, IReadOnlyList<SharedFault> faults, CancellationToken cancellation)
    {
        await _inventory.DropAsync(BlobKind.Set, set, cancellation);
        foreach (var fault in faults)
            await _inventory.DropAsync(fault.Kind, fault.Hash, cancellation);
    }

    private void Distrust(ContentHash set, IReadOnlyList<SharedFault> faults)
    {
        store.Distrust(BlobKind.Set, set);
        foreach (var fault in faults)
            store.Distrust(fault.Kind, fault.Hash);
    }

    /// <summary>The record here, if its outputs are complete here.</summary>
    private ActionRecord? Own(ContentHash key) =>
        shop.Records.Find(key) is { } record && RecordCheck.Belongs(record, key) && shop.Store.CanRestore(new EntrySet(record.Outputs)) ? record : null;

    private async Task<bool> PushAsync(ActionRecord own, CancellationToken cancellation)
    {
        var set = new EntrySet(own.Outputs);
        await store.PushAsync(set, shop.Store, null, cancellation);
        await store.AddRecordAsync(own.Key, set, RecordDocument.Write(own), cancellation);
        tell($"{own.Stage} {own.Key.Short}: replaced by the good copy here");
        return true;
    }

    private bool Lost(ContentHash key)
    {
        tell($"{key.Short}: lost and dropped, because no complete copy is here; whoever has one can push it, or its stage runs again");
        return false;
    }

    private bool Replaced(ContentHash key)
    {
        tell($"{key.Short}: left as it is, because it was changed meanwhile; verify again");
        return false;
    }

    private bool Untouched(ContentHash key)
    {
        tell($"{key.Short}: left as it is, because this run may only read");
        return false;
    }
}
