using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <param name="Files">Whose bytes were read.</param>
/// <param name="Damaged">Records, objects, trees, entries and results of items that were not what they should be.</param>
/// <param name="Lost">Results that are damaged and could not be mended from anywhere; their stages run again when they are needed.</param>
public sealed record VerificationFigures(long Files, long Bytes, int Damaged, int Mended, int Lost);

/// <summary>
/// Checks everything in the store of this checkout against its name, drops what is damaged, and mends it: from another good copy here,
/// else from the shared store. Builds may go on meanwhile.
/// </summary>
/// <param name="tell">Receives a line for each thing that was damaged, and for what came of it.</param>
public sealed class LocalVerification(EngineOptions options, Action<string> tell)
{
    private readonly Workshop _shop = new(options);
    private readonly ReadContents _contents = new();

    /// <summary>So far.</summary>
    public long BytesRead => _contents.Bytes;

    /// <exception cref="StorageException"/>
    /// <exception cref="OperationCanceledException"/>
    public async Task<VerificationFigures> RunAsync(CancellationToken cancellation)
    {
        using var use = await _shop.Store.UseAsync(() => tell("waits for CacheGc, which is cleaning up the store"), options.Clock, cancellation);
        var records = new RecordCheck(_shop, tell);
        var results = await records.RunAsync(cancellation);
        var found = new LocalInspection(_shop.Store, _contents).Run(cancellation);
        var items = new ItemCaches(_shop.Items).Verify(_shop.Store, _contents, tell, cancellation);
        var damaged = new DamagedResults(found, _shop.Store.Trees);
        foreach (var damage in found)
            tell(damaged.Describe(damage, results));
        var (mended, lost) = (records.Mended, records.Lost);
        foreach (var record in results.Where(damaged.Concerns))
            if (await MendAsync(record, damaged.WasInPlace(record), cancellation))
                mended++;
            else
                lost++;
        return new VerificationFigures(_contents.Files, _contents.Bytes, records.Damaged + found.Count + items, mended, lost);
    }

    private async Task<bool> MendAsync(ActionRecord record, bool wasInPlace, CancellationToken cancellation)
    {
        var set = new EntrySet(record.Outputs);
        var source = await FillAsync(set, cancellation);
        if (source is null || (wasInPlace && !_shop.Store.TryRestore(set)))
        {
            tell($"{record.Stage} {record.Key.Short}: lost, neither here nor in {_shop.SharedName}; the stage runs again when it is needed");
            return false;
        }
        tell($"{record.Stage} {record.Key.Short}: mended from {source}");
        return true;
    }

    /// <returns>Where what was missing came from; null when it could not be had.</returns>
    private async Task<string?> FillAsync(EntrySet set, CancellationToken cancellation)
    {
        if (_shop.Store.CanRestore(set))
            return "another copy here";
        return _shop.Shared is { } shared && await shared.TryPullAsync(set, new Progress<TransferProgress>(), cancellation) == true
            ? shared.Store.Name
            : null;
    }
}
