using System.Formats.Tar;
using System.IO.Compression;

namespace Tmrvc.Corpora;

/// <summary>Reads a tar.gz once from its first byte to its last, in bounded memory.</summary>
internal sealed class TarGzReader(string path, string name, IEntrySink sink)
{
    private const int BufferLength = 1 << 20;

    private readonly List<UnpackedEntry> _unpacked = [];
    private string _last = "the first entry";
    private int _leftOut;

    internal ReadThrough Read(CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength, FileOptions.SequentialScan);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var ahead = new InflatedAhead(gzip);
        using var inflated = new BoundedInflate(ahead, file, name, sink);
        using var tar = new TarReader(inflated, leaveOpen: true);
        while (Next(tar) is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
                continue;
            var described = Describe(entry);
            if (sink.Admit(described) is { } place)
                Unpack(entry, described, place, cancellation);
            else if (described.Type != EntryType.Folder)
                _leftOut++;
            _last = $"entry '{described.Name}'";
        }
        ReadToEnd(inflated);
        return new ReadThrough(_leftOut, _unpacked);
    }

    private void Unpack(TarEntry entry, ArchiveEntry described, string place, CancellationToken cancellation)
    {
        using var target = sink.Open(described, place);
        var crc = CheckedCopy.Run(described, entry.DataStream ?? Stream.Null, target, cancellation);
        _unpacked.Add(new UnpackedEntry(described.Name, described.Length, crc));
    }

    private ArchiveEntry Describe(TarEntry entry) => entry.EntryType switch
    {
        TarEntryType.RegularFile or TarEntryType.V7RegularFile => new(name, entry.Name, EntryType.File, entry.Length),
        TarEntryType.Directory => new(name, entry.Name, EntryType.Folder, 0),
        TarEntryType.SymbolicLink or TarEntryType.HardLink => new(name, entry.Name, EntryType.Special, 0, "a link"),
        TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo => new(name, entry.Name, EntryType.Special, 0, "a device or pipe"),
        _ => new(name, entry.Name, EntryType.Special, 0, $"of type '{(char)entry.EntryType}'"),
    };

    private TarEntry? Next(TarReader tar)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception cause) when (IsDamage(cause))
        {
            throw Damaged(cause);
        }
    }

    /// <summary>The compressed stream's own checksum stands at its end.</summary>
    private void ReadToEnd(Stream inflated)
    {
        try
        {
            inflated.CopyTo(Stream.Null);
        }
        catch (Exception cause) when (IsDamage(cause))
        {
            throw Damaged(cause);
        }
    }

    private ArchiveException Damaged(Exception cause) =>
        new($"{name}: is damaged or cut short after {_last} ({cause.Message})", cause);

    private static bool IsDamage(Exception cause) =>
        cause is InvalidDataException or IOException or FormatException or ArgumentException or OverflowException;
}
