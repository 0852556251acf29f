using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Checks that every record can be read and belongs to its key; drops and looks up again what does not.</summary>
internal sealed class RecordCheck(Workshop shop, Action<string> tell)
{
    public int Damaged { get; private set; }

    public int Mended { get; private set; }

    public int Lost { get; private set; }

    /// <returns>The good ones.</returns>
    public async Task<IReadOnlyList<ActionRecord>> RunAsync(CancellationToken cancellation)
    {
        var good = new List<ActionRecord>();
        foreach (var stored in shop.Records.All().ToArray())
            if (stored.Record is { } record && Belongs(record, stored.Key))
                good.Add(record);
            else if (await MendAsync(stored.Key, cancellation) is { } again)
                good.Add(again);
        return good;
    }

    /// <summary>The key is the hash of the manifest, which names the outputs: none of them can be wrong alone.</summary>
    public static bool Belongs(ActionRecord record, ContentHash key) =>
        record.Key == key && StageManifest.Key(record.Manifest) == key &&
        StageManifest.Outputs(record.Manifest).SequenceEqual(record.Outputs.Select(output => output.Name));

    private async Task<ActionRecord?> MendAsync(ContentHash key, CancellationToken cancellation)
    {
        Damaged++;
        shop.Records.Drop(key);
        var again = shop.Shared is { } shared ? await shared.TryFindAsync(key, cancellation) : null;
        if (again is null || !Belongs(again, key))
        {
            Lost++;
            tell($"record {key.Short}: damaged and dropped; {shop.SharedName} does not have it");
            return null;
        }
        Mended++;
        tell($"record {key.Short} of {again.Stage}: damaged; mended from {shop.SharedName}");
        return shop.Records.Add(again);
    }
}
