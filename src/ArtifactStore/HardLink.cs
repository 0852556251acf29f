using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore;

/// <summary>A second name for a file, or a copy where the file system has no such thing.</summary>
public static partial class HardLink
{
    private const int WindowsExists = 183, WindowsTooManyLinks = 1142, WindowsNotSameDevice = 17, WindowsUnsupported = 50;

    /// <summary>Gives the file at <paramref name="existing"/> the name <paramref name="added"/> too; copies where it cannot.</summary>
    /// <returns>False when <paramref name="added"/> exists.</returns>
    /// <exception cref="StorageException"/>
    public static bool TryCreate(string existing, string added)
    {
        var error = Link(existing, added);
        return error switch
        {
            0 => true,
            Errors.Exists => false,
            Errors.CrossDevice or Errors.TooManyLinks or Errors.NotPermitted => TryCopy(existing, added),
            _ => throw StorageException.About(Path.GetDirectoryName(added)!, new IOException(new Win32Exception(error).Message, error)),
        };
    }

    /// <summary>Whether two paths name one file, as far as the system can tell.</summary>
    internal static bool AreOne(string path, string other) => OperatingSystem.IsLinux() &&
        Posix.TryStat(path, Posix.NoFollow, out var file) && Posix.TryStat(other, Posix.NoFollow, out var same) &&
        (file.Inode, file.Major, file.Minor) == (same.Inode, same.Major, same.Minor);

    private static int Link(string existing, string added)
    {
        if (!OperatingSystem.IsWindows())
            return Posix.Link(existing, added) == 0 ? 0 : Marshal.GetLastPInvokeError();
        return CreateHardLink(added, existing, 0) ? 0 : Marshal.GetLastPInvokeError() switch
        {
            WindowsExists => Errors.Exists,
            WindowsTooManyLinks or WindowsNotSameDevice or WindowsUnsupported => Errors.CrossDevice,
            var other => other,
        };
    }

    private static bool TryCopy(string existing, string added)
    {
        var temporary = TemporaryName.Beside(added);
        try
        {
            File.Copy(existing, temporary);
            Seal.Set(temporary);
            File.Move(temporary, added, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(added))
        {
            return false;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(added)!, cause);
        }
        finally
        {
            TemporaryName.Clear(temporary);
        }
    }

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string added, string existing, nint reserved);
}
