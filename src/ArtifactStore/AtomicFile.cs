using Microsoft.Win32.SafeHandles;

namespace Tmrvc.ArtifactStore;

/// <summary>Whole files that appear by rename or link: a reader sees the old content, the new, or none; never a part.</summary>
public static class AtomicFile
{
    private static int _counter;

    /// <param name="flush">Whether the content must be on the device before its name points to it.</param>
    /// <exception cref="StorageException"/>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool flush = true)
    {
        var temporary = WriteBeside(path, content, flush);
        Try(path, () => File.Move(temporary, path, overwrite: true));
        if (flush)
            Durability.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes the file unless it exists.</summary>
    /// <returns>False when it existed: the first writer wins.</returns>
    /// <exception cref="StorageException"/>
    public static bool Create(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path))
            return false;
        var temporary = WriteBeside(path, content, flush: true);
        var first = HardLink.TryCreate(temporary, path);
        Try(path, () => File.Delete(temporary));
        Durability.FlushFolder(Path.GetDirectoryName(path)!);
        return first;
    }

    private static string WriteBeside(string path, ReadOnlySpan<byte> content, bool flush)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Interlocked.Increment(ref _counter)}");
        try
        {
            Directory.CreateDirectory(folder);
            using var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None, preallocationSize: content.Length);
            Write(file, content, flush);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(folder, cause);
        }
        return temporary;
    }

    private static void Write(SafeFileHandle file, ReadOnlySpan<byte> content, bool flush)
    {
        RandomAccess.Write(file, content, 0);
        if (flush)
            RandomAccess.FlushToDisk(file);
    }

    private static void Try(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(path)!, cause);
        }
    }
}
