using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Reads and checks every record of a shared store and everything that an index of it names. What is damaged is replaced by good
/// copies of this checkout; where there are none it is dropped, so that it counts as missing and nobody builds on it. A store that may
/// not be written is only looked at.
/// </summary>
/// <param name="tell">Receives a line for each thing that was damaged, and for what came of it.</param>
public sealed class SharedVerification(EngineOptions options, BlobStore store, Action<string> tell)
{
    private readonly BlobInventory _inventory = store.Inventory;
    private readonly SoundBlobs _sound = new();
    private readonly SharedMending _mending = new(new Workshop(options), store, line => tell($"{store.Name}: {line}"));
    private readonly HashSet<ContentHash> _checked = [];
    private int _records, _damaged, _mended, _lost;

    /// <summary>So far.</summary>
    public long BytesRead => _sound.Bytes;

    /// <exception cref="SharedStoreException"/>
    /// <exception cref="OperationCanceledException"/>
    public async Task<VerificationFigures> RunAsync(CancellationToken cancellation)
    {
        await foreach (var blob in _inventory.ListAsync(BlobKind.Record, cancellation))
            await CheckRecordAsync(blob, cancellation);
        await foreach (var index in _inventory.ListAsync(BlobKind.Set, cancellation))
            if (_checked.Add(index.Hash))
                await CheckUnnamedAsync(index.Hash, cancellation);
        return new VerificationFigures(_records + _checked.Count + _sound.Count, _sound.Bytes, _damaged, _mended, _lost);
    }

    private async Task CheckRecordAsync(SharedBlob blob, CancellationToken cancellation)
    {
        _records++;
        var document = await _inventory.ReadRecordAsync(blob.Hash, cancellation);
        if (document is null || SharedMending.Read(document, blob.Hash) is not { } record)
        {
            Count(1, await _mending.MendRecordAsync(blob, cancellation));
            return;
        }
        var set = new EntrySet(record.Outputs);
        if (blob.Set != set.Hash)
            Count(1, await _mending.MendMarkAsync(blob, record, cancellation));
        if (_checked.Add(set.Hash) && await _inventory.VerifyAsync(set.Hash, _sound, null, cancellation) is { Count: > 0 } faults)
            Count(faults.Count, await _mending.MendContentAsync(blob, record, faults, cancellation));
    }

    /// <summary>Checkpoints, and what a push has brought before its record: nothing is lost when it is made anew.</summary>
    private async Task CheckUnnamedAsync(ContentHash set, CancellationToken cancellation)
    {
        var faults = await _inventory.VerifyAsync(set, _sound, null, cancellation);
        if (faults.Count == 0)
            return;
        await _mending.DropUnnamedAsync(set, faults, cancellation);
        Count(faults.Count, store.IsWritable);
    }

    private void Count(int faults, bool isMended)
    {
        _damaged += faults;
        (_mended, _lost) = isMended ? (_mended + 1, _lost) : (_mended, _lost + 1);
    }
}
