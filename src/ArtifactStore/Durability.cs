using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore;

/// <summary>Puts on the device what a record is about to vouch for, so that a power cut leaves no record without its content.</summary>
internal static class Durability
{
    // Below this, flushing each file is quicker than flushing the file system with everybody's writes.
    internal const int FewFiles = 32;

    /// <param name="folder">A folder on the same file system.</param>
    public static void Flush(IReadOnlyCollection<string> files, string folder)
    {
        if (files.Count > FewFiles && OperatingSystem.IsLinux())
            OnDescriptor(folder, Posix.FlushFileSystem);
        else
            foreach (var file in files)
                FlushFile(file);
    }

    /// <summary>Makes the names in a folder durable. Windows does so by itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsLinux())
            OnDescriptor(folder, Posix.Flush);
    }

    private static void FlushFile(string path)
    {
        if (OperatingSystem.IsLinux())
            OnDescriptor(path, Posix.Flush);
        else
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read))
                RandomAccess.FlushToDisk(file);
    }

    private static void OnDescriptor(string path, Func<int, int> flush)
    {
        var descriptor = Posix.OpenForFlush(path);
        if (descriptor < 0 || flush(descriptor) != 0)
            throw StorageException.About(path, new IOException(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError()));
        _ = Posix.Close(descriptor);
    }
}
