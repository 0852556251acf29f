using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Folders of running stages: <c>runs/&lt;profile&gt;/&lt;Stage&gt;/&lt;key&gt;/</c> with the private work folder, the log, and the
/// checkpoints, which outlive the process and go when the stage's key changes.
/// </summary>
internal sealed class RunFolders(string folder, LocalStore store)
{
    public string Of(StageId stage, ContentHash key) => Path.Combine(folder, stage.Value, key.ToString());

    /// <summary>Removes what earlier keys of the stage left, unless another process is at work there.</summary>
    /// <exception cref="StorageException"/>
    public void DropOthers(StageId stage, ContentHash key)
    {
        var parent = Path.Combine(folder, stage.Value);
        if (!Directory.Exists(parent))
            return;
        foreach (var other in Directory.EnumerateDirectories(parent).Where(path => Path.GetFileName(path) != key.ToString()))
            DropUnlessBusy(other);
    }

    private void DropUnlessBusy(string path)
    {
        if (!ContentHash.TryParse(Path.GetFileName(path), out var key))
            return;
        using var lease = Lease.TryTake(store.LeasePath(key));
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
