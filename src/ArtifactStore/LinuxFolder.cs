using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore;

/// <summary>Lists and stats a folder through getdents64 and statx: about 2 µs per entry, nothing allocated but the result.</summary>
internal static unsafe class LinuxFolder
{
    private const int BufferLength = 64 * 1024;
    private const int StatBatch = 4096;

    // struct linux_dirent64: inode (8), offset (8), record length (2), type (1), name.
    private const int LengthOffset = 16, TypeOffset = 18, NameOffset = 19;
    private const byte FolderType = 4, LinkType = 10;

    public static FolderScan Read(string path)
    {
        var folder = Posix.OpenFolder(path);
        if (folder < 0)
            throw new StorageException($"{path}: cannot be listed ({Marshal.GetLastPInvokeErrorMessage()}).");
        try
        {
            var entries = ScanBuffer.OfThread();
            List(folder, path, entries);
            StatAll(folder, entries);
            return entries.ToScan(path);
        }
        finally
        {
            _ = Posix.Close(folder);
        }
    }

    private static void List(int folder, string path, ScanBuffer entries)
    {
        var rented = ArrayPool<byte>.Shared.Rent(BufferLength);
        fixed (byte* buffer = rented)
            for (nint read; (read = Posix.ReadEntries(folder, buffer, BufferLength)) != 0;)
            {
                if (read < 0)
                    throw new StorageException($"{path}: cannot be listed ({Marshal.GetLastPInvokeErrorMessage()}).");
                Collect(rented.AsSpan(0, (int)read), entries);
            }
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Collect(ReadOnlySpan<byte> records, ScanBuffer entries)
    {
        for (int length; !records.IsEmpty; records = records[length..])
        {
            length = BinaryPrimitives.ReadUInt16LittleEndian(records[LengthOffset..]);
            var name = records[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                entries.Add(name, records[TypeOffset] == FolderType ? EntryType.Folder : EntryType.File, records[TypeOffset] == LinkType);
        }
    }

    private static void StatAll(int folder, ScanBuffer entries)
    {
        if (entries.Count <= StatBatch)
            StatRange(folder, entries, 0, entries.Count);
        else
            Parallel.For(0, (entries.Count + StatBatch - 1) / StatBatch, batch =>
                StatRange(folder, entries, batch * StatBatch, Math.Min(entries.Count, (batch + 1) * StatBatch)));
    }

    private static void StatRange(int folder, ScanBuffer entries, int start, int end)
    {
        fixed (byte* names = entries.Names)
            for (var index = start; index < end; index++)
                if (entries.Entries[index].Type != EntryType.Folder)
                    Stat(folder, names, ref entries.Entries[index]);
    }

    private static void Stat(int folder, byte* names, ref ScannedEntry entry)
    {
        Posix.Status status;
        if (Posix.Stat(folder, names + entry.NameOffset, 0, &status) == 0)
        {
            entry.Type = status.IsFile ? EntryType.File : status.IsFolder ? EntryType.Folder : EntryType.Special;
            entry.Stamp = new FileStamp((long)status.Size, status.Modified.TotalNanoseconds, status.Inode);
        }
        else if (entry.IsLink)
            entry.Type = EntryType.DeadLink;
        else
            entry.NameLength = 0; // Gone between listing and looking.
    }
}
