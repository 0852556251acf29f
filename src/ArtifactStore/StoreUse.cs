namespace Tmrvc.ArtifactStore;

/// <summary>
/// Use of a local store, by a file lock that the system releases however the process ends: many builds side by side, or one that
/// deletes, alone.
/// </summary>
public sealed class StoreUse : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly FileStream? _file;

    private StoreUse(FileStream? file) => _file = file;

    /// <summary>Waits until nobody has the store alone. A store that this user cannot write to is used without a lock: nobody else's can be told.</summary>
    /// <param name="waiting">Called once, when somebody has.</param>
    /// <exception cref="OperationCanceledException"/>
    internal static async Task<StoreUse> ShareAsync(string path, Action waiting, TimeProvider clock, CancellationToken cancellation)
    {
        StoreUse? use;
        for (var told = false; (use = TryShare(path)) is null; await Task.Delay(Poll, clock, cancellation))
            if (!told)
            {
                told = true;
                waiting();
            }
        return use;
    }

    /// <returns>Null while a build uses the store.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    internal static StoreUse? TryAlone(string path)
    {
        try
        {
            return TryOpen(path, FileShare.None);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(path)!, cause);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static StoreUse? TryShare(string path)
    {
        try
        {
            return TryOpen(path, FileShare.ReadWrite);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            return new StoreUse(null);
        }
    }

    /// <summary>A network file system locks exclusively only what is open for writing.</summary>
    private static StoreUse? TryOpen(string path, FileShare share)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new StoreUse(new FileStream(path, FileMode.OpenOrCreate, share == FileShare.None ? FileAccess.ReadWrite : FileAccess.Read, share, bufferSize: 0));
        }
        catch (IOException cause) when (Lease.IsLocked(cause))
        {
            return null;
        }
    }
}
