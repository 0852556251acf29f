namespace Tmrvc.ArtifactStore;

/// <summary>
/// Exclusive use of a name among the processes of one machine, by a file lock that the system releases however the process ends.
/// </summary>
public sealed class Lease : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private Lease(FileStream file) => _file = file;

    /// <returns>Null while another holder has it.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static Lease? TryTake(string path)
    {
        var file = TryLock(path);
        if (file is null || IsStillNamed(file, path))
            return file is null ? null : new Lease(file);
        file.Dispose();
        return null;
    }

    /// <summary>Waits for the lease.</summary>
    /// <param name="waiting">Called once, when there is another holder.</param>
    /// <exception cref="OperationCanceledException"/>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static async Task<Lease> TakeAsync(string path, Action waiting, TimeProvider clock, CancellationToken cancellation)
    {
        var told = false;
        Lease? lease;
        for (; (lease = TryTake(path)) is null; await Task.Delay(Poll, clock, cancellation))
            if (!told)
            {
                told = true;
                waiting();
            }
        return lease;
    }

    internal static Lease Take(string path)
    {
        Lease? lease;
        while ((lease = TryTake(path)) is null)
            Thread.Sleep(Poll);
        return lease;
    }

    /// <summary>Removes the file while still holding it: a waiter that then gets the lock sees that the name is gone.</summary>
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            File.Delete(_file.Name);
        _file.Dispose();
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException cause) when (IsLocked(cause))
        {
            return null;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(path)!, cause);
        }
    }

    // EWOULDBLOCK of flock on Linux and macOS; a sharing violation on Windows.
    internal static bool IsLocked(IOException cause) => cause.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static bool IsStillNamed(FileStream file, string path) => !OperatingSystem.IsLinux() ||
        (Posix.TryStat(file.SafeFileHandle, out var held) && Posix.TryStat(path, 0, out var named) && held.Inode == named.Inode);
}
