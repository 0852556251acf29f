using System.IO.Compression;
using System.Runtime.ExceptionServices;

namespace Tmrvc.Corpora;

/// <summary>Reads a zip, zip64 included, several entries at a time: each worker has the archive open for itself.</summary>
internal sealed class ZipReader(string path, string name, IEntrySink sink)
{
    // An open archive of 176,000 entries takes about 80 MB.
    private const int MostWorkers = 4;

    private const int LinkType = 0xA000, FolderType = 0x4000, FileType = 0x8000, TypeMask = 0xF000;

    internal void Read(int workers, CancellationToken cancellation)
    {
        using var archive = Open();
        var admitted = Admit(archive);
        var next = -1;
        try
        {
            Parallel.For(0, Math.Clamp(workers, 1, MostWorkers), new ParallelOptions { CancellationToken = cancellation }, (worker, loop) =>
            {
                using var own = worker == 0 ? null : Open();
                var entries = (own ?? archive).Entries;
                for (int index; !loop.ShouldExitCurrentIteration && (index = Interlocked.Increment(ref next)) < admitted.Count;)
                    Unpack(entries[admitted[index].Index], admitted[index], cancellation);
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private sealed record Admitted(int Index, ArchiveEntry Entry, string Place);

    private ZipArchive Open()
    {
        try
        {
            var archive = new ZipArchive(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024), ZipArchiveMode.Read);
            _ = archive.Entries;
            return archive;
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException)
        {
            throw new ArchiveException($"{name}: is damaged or cut short ({cause.Message})", cause);
        }
    }

    /// <summary>Looks at what the archive says before any byte is unpacked.</summary>
    private List<Admitted> Admit(ZipArchive archive)
    {
        var size = new FileInfo(path).Length;
        var (admitted, unpacked, packed) = (new List<Admitted>(), 0L, 0L);
        for (var index = 0; index < archive.Entries.Count; index++)
        {
            var entry = Describe(archive.Entries[index]);
            packed += archive.Entries[index].CompressedLength;
            if (packed > size)
                throw entry.Refused($"overlaps others: entries so far hold {packed} bytes, the archive has {size}");
            if (sink.Admit(entry) is { } place)
            {
                unpacked += entry.Length;
                sink.RequireBounded(name, unpacked, size);
                admitted.Add(new Admitted(index, entry, place));
            }
            else
                sink.Advance(name, archive.Entries[index].CompressedLength);
        }
        return admitted;
    }

    private ArchiveEntry Describe(ZipArchiveEntry entry) => (entry.ExternalAttributes >> 16 & TypeMask) switch
    {
        FolderType => new(name, entry.FullName, EntryType.Folder, 0),
        0 or FileType when entry.FullName.EndsWith('/') => new(name, entry.FullName, EntryType.Folder, 0),
        0 or FileType when entry.IsEncrypted => new(name, entry.FullName, EntryType.Special, 0, "encrypted"),
        0 or FileType => new(name, entry.FullName, EntryType.File, entry.Length),
        LinkType => new(name, entry.FullName, EntryType.Special, 0, "a link"),
        _ => new(name, entry.FullName, EntryType.Special, 0, "a device or pipe"),
    };

    private void Unpack(ZipArchiveEntry packed, Admitted admitted, CancellationToken cancellation)
    {
        if (!sink.Has(admitted.Entry, admitted.Place, packed.Crc32))
            Write(packed, admitted, cancellation);
        sink.Advance(name, packed.CompressedLength);
    }

    private void Write(ZipArchiveEntry packed, Admitted admitted, CancellationToken cancellation)
    {
        using var source = Open(packed, admitted.Entry);
        using var target = sink.Open(admitted.Entry, admitted.Place);
        var crc = CheckedCopy.Run(admitted.Entry, source, target, cancellation);
        if (crc != packed.Crc32)
            throw admitted.Entry.Refused($"is damaged: its CRC-32 is {crc:x8}, {packed.Crc32:x8} is written in the archive");
    }

    private static Stream Open(ZipArchiveEntry packed, ArchiveEntry entry)
    {
        try
        {
            return packed.Open();
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException or NotSupportedException)
        {
            throw new ArchiveException(entry.Refused($"cannot be read ({cause.Message})").Message, cause);
        }
    }
}
