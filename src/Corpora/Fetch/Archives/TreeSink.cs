using System.Collections.Concurrent;

namespace Tmrvc.Corpora;

/// <summary>
/// Takes the entries that are asked for into a tree, which may hold what an interrupted run has unpacked: of that only what reads as
/// the archive says is kept. Safe for several threads.
/// </summary>
/// <param name="target">Absolute.</param>
internal sealed class TreeSink(ExtractSettings settings, string target, TwinFiles twins, ExtractionMeter meter) : IEntrySink
{
    private readonly EntrySelection _selection = new(settings);
    private readonly EntryClaims _claims = new();
    private readonly ExpansionLimit _limit = new(settings, new DriveInfo(target).AvailableFreeSpace + UnpackedFile.BytesBelow(target));
    private readonly ConcurrentDictionary<string, bool> _folders = new();
    private readonly bool _isBegun = Directory.EnumerateFileSystemEntries(target).Any();

    public string? Admit(ArchiveEntry entry)
    {
        _limit.CountEntry(entry);
        var path = EntryPath.Of(entry);
        if (entry.Type == EntryType.Folder)
            return null;
        if (!_selection.Takes(path))
        {
            meter.LeaveOut();
            return null;
        }
        if (entry.Type == EntryType.Special)
            throw entry.Refused($"is {entry.Description}; only plain files and folders are unpacked");
        _limit.Add(entry.Archive, entry.Length);
        meter.Take(entry);
        return _claims.TryClaim(entry, path) ? Locate(path) : twins.Add(entry, Locate(path));
    }

    public bool Has(ArchiveEntry entry, string place, uint crc)
    {
        var isThere = _isBegun && IsThere(place, entry.Length, crc);
        if (isThere)
            meter.Keep();
        return isThere;
    }

    /// <summary>Takes an archive that an earlier run has read through as it lies here; nothing is taken of one that is not as it was.</summary>
    internal bool TryKeep(string archive, ReadThrough known, int workers, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        if (!Parallel.ForEach(known.Entries, options, (entry, loop) =>
            {
                if (!IsThere(Path.Combine(target, EntryPath.Of(entry.In(archive))), entry.Length, entry.Crc))
                    loop.Stop();
            }).IsCompleted)
            return false;
        foreach (var entry in known.Entries.Select(entry => entry.In(archive)))
        {
            _limit.CountEntry(entry);
            _limit.Add(archive, entry.Length);
            _claims.TryClaim(entry, EntryPath.Of(entry));
            meter.Take(entry);
            meter.Keep();
        }
        for (var i = 0; i < known.LeftOut; i++)
            meter.LeaveOut();
        return true;
    }

    public Stream Open(ArchiveEntry entry, string place) => _isBegun && new FileInfo(place) is { Exists: true } there && there.Length == entry.Length
        ? NewFile.Over(place, meter.Keep)
        : NewFile.Create(place, entry.Length);

    public void RequireBounded(string archive, long unpacked, long packed) => _limit.Require(archive, unpacked, packed);

    public void Advance(string archive, long packed) => meter.Advance(archive, packed);

    private static bool IsThere(string place, long length, uint crc) =>
        new FileInfo(place) is { Exists: true } file && file.Length == length && UnpackedFile.Crc(place) == crc;

    /// <summary>The absolute path of a checked relative one; its folder is made.</summary>
    private string Locate(string path)
    {
        var full = Path.Combine(target, path);
        var folder = Path.GetDirectoryName(full)!;
        if (_folders.TryAdd(folder, true))
            Directory.CreateDirectory(folder);
        return full;
    }
}
