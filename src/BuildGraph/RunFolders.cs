using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Folders of running stages: <c>runs/&lt;profile&gt;/&lt;Stage&gt;/&lt;key&gt;/</c> with the private work folder, the log, and the
/// checkpoints, which outlive the process. Of other keys than the stage's, the one that was at work last stays if it did not finish, so
/// that a trial does not cost a long run its checkpoints.
/// </summary>
internal sealed class RunFolders(string folder, LocalStore store)
{
    /// <summary>Name of the folder of checkpoints within that of a stage and key.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>Name of the folder of <see cref="StageRun.Unfinished"/> within that of a stage and key.</summary>
    public const string Unfinished = "unfinished";

    public string Of(StageId stage, ContentHash key) => Path.Combine(folder, stage.Value, key.ToString());

    /// <summary>Keys of the stage that have checkpoints here, and where these are.</summary>
    public IEnumerable<(ContentHash Key, string Checkpoints)> Of(StageId stage)
    {
        var parent = Path.Combine(folder, stage.Value);
        foreach (var path in Directory.Exists(parent) ? Directory.EnumerateDirectories(parent) : [])
            if (ContentHash.TryParse(Path.GetFileName(path), out var key) && Path.Combine(path, Checkpoints) is var kept && Extension.HasAny(kept))
                yield return (key, kept);
    }

    /// <summary>Removes what other keys of the stage left, unless another process is at work there, but for the latest unfinished one.</summary>
    /// <param name="finished">What a trial is not to cost its checkpoints; null for nothing.</param>
    /// <exception cref="StorageException"/>
    public void DropOthers(StageId stage, ContentHash key, ContentHash? finished)
    {
        var parent = Path.Combine(folder, stage.Value);
        if (!Directory.Exists(parent))
            return;
        var others = Directory.EnumerateDirectories(parent)
            .Where(path => ContentHash.TryParse(Path.GetFileName(path), out var other) && other != key && other != finished)
            .OrderByDescending(Directory.GetLastWriteTimeUtc)
            .ToArray();
        var kept = others.FirstOrDefault(path => store.Records.Find(KeyOf(path)) is null);
        foreach (var other in others.Where(path => path != kept))
            DropUnlessBusy(other);
    }

    private static ContentHash KeyOf(string path) => ContentHash.Parse(Path.GetFileName(path));

    private void DropUnlessBusy(string path)
    {
        using var lease = Lease.TryTake(store.LeasePath(KeyOf(path)));
        if (lease is not null)
            Folders.Delete(path);
    }
}

internal static class Folders
{
    /// <exception cref="StorageException"/>
    public static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(path, cause);
        }
    }

    /// <exception cref="StorageException"/>
    public static string Create(params string[] parts)
    {
        var path = Path.Combine(parts);
        try
        {
            Directory.CreateDirectory(path);
            return path;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(path, cause);
        }
    }
}
