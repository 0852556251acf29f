using Microsoft.Win32.SafeHandles;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Files of the store are read-only and carry one fixed time. Writing to one breaks the seal, because the time moves; so an intact
/// seal with the recorded size stands for the recorded content.
/// </summary>
public static class Seal
{
    /// <summary>2000-01-01 UTC and a fraction, so that it is not taken for the time of a coarse file system.</summary>
    private static readonly DateTime Time = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1_234_567);

    public static void Set(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetLastWriteTimeUtc(path, Time);
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.ReadOnly);
    }

    /// <summary>Seals a file while it is still open for writing.</summary>
    internal static void Set(SafeFileHandle file)
    {
        File.SetLastWriteTimeUtc(file, Time);
        if (OperatingSystem.IsWindows())
            File.SetAttributes(file, FileAttributes.ReadOnly);
        else
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>Makes a file that has left the store writable again.</summary>
    public static void Open(string path)
    {
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.Normal);
        else
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>Whether the file is there, sealed, and of this size.</summary>
    public static bool IsIntact(string path, long size)
    {
        if (OperatingSystem.IsLinux())
            return Posix.TryStat(path, 0, out var status) && status.IsFile && (long)status.Size == size
                && status.Modified.TotalNanoseconds == FileStamp.Nanoseconds(Time);
        var file = new FileInfo(path);
        return file.Exists && file.Length == size && file.LastWriteTimeUtc == Time;
    }

    internal static bool IsIntact(FileStamp stamp) => stamp.Modified == FileStamp.Nanoseconds(new DateTimeOffset(Time));
}
