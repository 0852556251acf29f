using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tmrvc.ArtifactStore;

/// <summary>The calls of Linux that .NET does not offer. Knows nothing of the store.</summary>
internal static unsafe partial class Posix
{
    public const int CurrentFolder = -100;
    public const int NoFollow = 0x100;
    private const int ReadOnly = 0, Directory = 0x10000, CloseOnExec = 0x80000;
    private const int DirectoryArm = 0x4000;
    private const int EmptyPath = 0x1000;
    private const uint TypeModeLinksTimesInodeSize = 0x1 | 0x2 | 0x4 | 0x40 | 0x80 | 0x100 | 0x200;

    /// <summary>struct statx of linux/stat.h: the same on every architecture.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    public struct Status
    {
        public uint Mask, BlockSize;
        public ulong Attributes;
        public uint Links, Owner, Group;
        public ushort Mode, Spare;
        public ulong Inode, Size, Blocks, AttributesMask;
        public Time Accessed, Born, Changed, Modified;
        public uint DeviceMajor, DeviceMinor, Major, Minor;

        public readonly bool IsFolder => (Mode & 0xF000) == 0x4000;
        public readonly bool IsFile => (Mode & 0xF000) == 0x8000;
        public readonly bool IsLink => (Mode & 0xF000) == 0xA000;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Time
    {
        public long Seconds;
        public uint Nanoseconds;
        private readonly int _reserved;

        public readonly long TotalNanoseconds => Seconds * 1_000_000_000 + Nanoseconds;
    }

    /// <returns>A descriptor, or -1 with <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    public static int OpenFolder(string path) =>
        Open(path, ReadOnly | CloseOnExec | (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? DirectoryArm : Directory));

    /// <returns>A descriptor of a file or folder, or -1.</returns>
    public static int OpenForFlush(string path) => Open(path, ReadOnly | CloseOnExec);

    public static int Stat(int folder, byte* name, int flags, Status* status) =>
        StatX(folder, name, flags, TypeModeLinksTimesInodeSize, status);

    /// <returns>False when the path does not exist or cannot be looked at.</returns>
    public static bool TryStat(string path, int flags, out Status status)
    {
        fixed (Status* result = &status)
            return StatX(CurrentFolder, path, flags, TypeModeLinksTimesInodeSize, result) == 0;
    }

    public static bool TryStat(SafeFileHandle file, out Status status)
    {
        fixed (Status* result = &status)
            return StatX((int)file.DangerousGetHandle(), "", EmptyPath, TypeModeLinksTimesInodeSize, result) == 0;
    }

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint ReadEntries(int folder, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string existing, string added);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    public static partial int FlushFileSystem(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatX(int folder, byte* name, int flags, uint mask, Status* status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string name, int flags, uint mask, Status* status);
}
