using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore;

/// <summary>Lists and stats a folder through getdents64 and statx: about 2 µs and no allocation per entry.</summary>
internal static unsafe class LinuxFolder
{
    private const int BufferLength = 64 * 1024;
    private const int StatBatch = 4096;

    // struct linux_dirent64: inode (8), offset (8), record length (2), type (1), name.
    private const int LengthOffset = 16, TypeOffset = 18, NameOffset = 19;
    private const byte FolderType = 4, LinkType = 10;

    public static (byte[] Names, ScannedEntry[] Entries) Read(string path)
    {
        var folder = Posix.OpenFolder(path);
        if (folder < 0)
            throw new StorageException($"{path}: cannot be listed ({Marshal.GetLastPInvokeErrorMessage()}).");
        try
        {
            var listing = List(folder, path);
            StatAll(folder, listing.Names, listing.Entries);
            return (listing.Names, Array.FindAll(listing.Entries, entry => entry.NameLength > 0));
        }
        finally
        {
            _ = Posix.Close(folder);
        }
    }

    private static (byte[] Names, ScannedEntry[] Entries) List(int folder, string path)
    {
        var names = new ArrayBufferWriter<byte>(4096);
        var entries = new List<ScannedEntry>(128);
        var rented = ArrayPool<byte>.Shared.Rent(BufferLength);
        fixed (byte* buffer = rented)
            for (nint read; (read = Posix.ReadEntries(folder, buffer, BufferLength)) != 0;)
            {
                if (read < 0)
                    throw new StorageException($"{path}: cannot be listed ({Marshal.GetLastPInvokeErrorMessage()}).");
                Collect(rented.AsSpan(0, (int)read), names, entries);
            }
        ArrayPool<byte>.Shared.Return(rented);
        return (names.WrittenSpan.ToArray(), entries.ToArray());
    }

    private static void Collect(ReadOnlySpan<byte> records, ArrayBufferWriter<byte> names, List<ScannedEntry> entries)
    {
        for (int length; !records.IsEmpty; records = records[length..])
        {
            length = BinaryPrimitives.ReadUInt16LittleEndian(records[LengthOffset..]);
            var name = records[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
                continue;
            var type = records[TypeOffset] == FolderType ? EntryType.Folder : EntryType.File;
            entries.Add(new ScannedEntry(names.WrittenCount, name.Length, type, records[TypeOffset] == LinkType, 0, default));
            // The terminating zero stays, so that the name can be handed to the system where it lies.
            names.Write(records.Slice(NameOffset, name.Length + 1));
        }
    }

    private static void StatAll(int folder, byte[] names, ScannedEntry[] entries)
    {
        if (entries.Length <= StatBatch)
            StatRange(folder, names, entries);
        else
            Parallel.For(0, (entries.Length + StatBatch - 1) / StatBatch, batch =>
                StatRange(folder, names, entries.AsSpan(batch * StatBatch, Math.Min(StatBatch, entries.Length - batch * StatBatch))));
    }

    private static void StatRange(int folder, byte[] names, Span<ScannedEntry> entries)
    {
        fixed (byte* start = names)
            foreach (ref var entry in entries)
                if (entry.Type != EntryType.Folder)
                    Stat(folder, start, ref entry);
    }

    private static void Stat(int folder, byte* names, ref ScannedEntry entry)
    {
        Posix.Status status;
        if (Posix.Stat(folder, names + entry.NameOffset, 0, &status) == 0)
            entry = entry with
            {
                Type = status.IsFile ? EntryType.File : status.IsFolder ? EntryType.Folder : EntryType.Special,
                Links = status.Links,
                Stamp = new FileStamp((long)status.Size, status.Modified.TotalNanoseconds, status.Inode),
            };
        else if (entry.IsLink)
            entry.Type = EntryType.DeadLink;
        else
            entry.NameLength = 0; // Gone between listing and looking.
    }
}
