namespace Tmrvc.ArtifactStore;

/// <summary>Whole files that appear by rename or link: a reader sees the old content, the new, or none; never a part.</summary>
public static class AtomicFile
{
    /// <param name="flush">Whether the content must be on the device before its name points to it.</param>
    /// <exception cref="StorageException"/>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool flush = true) => WriteAndName(path, content, flush, temporary =>
    {
        File.Move(temporary, path, overwrite: true);
        return true;
    });

    /// <summary>Writes the file unless it exists.</summary>
    /// <returns>False when it existed: the first writer wins.</returns>
    /// <exception cref="StorageException"/>
    public static bool Create(string path, ReadOnlySpan<byte> content) =>
        !File.Exists(path) && WriteAndName(path, content, flush: true, temporary => HardLink.TryCreate(temporary, path));

    /// <summary>Leaves no temporary file, however it ends.</summary>
    private static bool WriteAndName(string path, ReadOnlySpan<byte> content, bool flush, Func<string, bool> name)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = TemporaryName.Beside(path);
        try
        {
            Directory.CreateDirectory(folder);
            Write(temporary, content, flush);
            var named = name(temporary);
            if (flush)
                Durability.FlushFolder(folder);
            return named;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(folder, cause);
        }
        finally
        {
            TemporaryName.Clear(temporary);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content, bool flush)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, preallocationSize: content.Length);
        RandomAccess.Write(file, content, 0);
        if (flush)
            RandomAccess.FlushToDisk(file);
    }
}
