using System.Collections.Concurrent;
using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>A file of a walk whose content must be read.</summary>
internal sealed record UnknownFile(FolderNode Node, int Index, string Path);

/// <summary>A scanned folder within a walk: which files count, what their content is.</summary>
internal sealed class FolderNode(FolderScan scan, byte[] prefix)
{
    private readonly bool[] _included = new bool[scan.Entries.Length];
    private readonly bool[] _known = new bool[scan.Entries.Length];
    private readonly int _prefixLength = prefix.Length;
    private byte[] _path = [.. prefix];

    public FolderScan Scan { get; } = scan;

    public ContentHash[] Hashes { get; } = new ContentHash[scan.Entries.Length];

    public FolderNode?[] Children { get; } = new FolderNode?[scan.Entries.Length];

    /// <summary>Whether the index knows less or more than is there.</summary>
    public bool Learnt { get; private set; }

    public bool Includes(int index) => _included[index];

    /// <summary>Path of an entry relative to the walk's start; valid until the next call.</summary>
    public ReadOnlySpan<byte> PathOf(int index)
    {
        var name = Scan.Name(index);
        if (_path.Length < _prefixLength + name.Length)
            Array.Resize(ref _path, _prefixLength + name.Length + 32);
        name.CopyTo(_path.AsSpan(_prefixLength));
        return _path.AsSpan(0, _prefixLength + name.Length);
    }

    /// <summary>Included by the walk and yet without content.</summary>
    public ConcurrentBag<UnusableFile> Unusable { get; } = [];

    public void Include(int index)
    {
        _included[index] = true;
        if (Scan.Fault(index) is { } fault)
            LeaveOut(index, fault);
    }

    /// <summary>The entry turned out to have no content; safe for several threads.</summary>
    public void LeaveOut(int index, string fault)
    {
        _included[index] = false;
        Unusable.Add(UnusableFile.Of([.. prefix, .. Scan.Name(index)], fault));
    }

    /// <summary>This node and all below.</summary>
    public List<FolderNode> All()
    {
        var nodes = new List<FolderNode> { this };
        for (var next = 0; next < nodes.Count; next++)
            foreach (var child in nodes[next].Children)
                if (child is not null)
                    nodes.Add(child);
        return nodes;
    }

    /// <summary>Takes from the index the hashes of files whose stamps are unchanged. Both sides are sorted by name.</summary>
    public void TakeKnown(IndexedFolder indexed)
    {
        var next = 0;
        for (var index = 0; index < Hashes.Length; index++)
        {
            if (Scan.Entries[index].Type != EntryType.File)
                continue;
            var name = Scan.Name(index);
            while (next < indexed.Files.Length && indexed.Name(next).SequenceCompareTo(name) < 0)
                (next, Learnt) = (next + 1, true);
            if (next == indexed.Files.Length || !indexed.Name(next).SequenceEqual(name))
                continue;
            if (_known[index] = indexed.Files[next].Stamp == Scan.Entries[index].Stamp)
                Hashes[index] = indexed.Files[next].Hash;
            next++;
        }
        Learnt |= next < indexed.Files.Length;
    }

    /// <summary>Included files that must be read.</summary>
    public void AddUnknown(List<UnknownFile> files)
    {
        for (var index = 0; index < Hashes.Length; index++)
            if (_included[index] && !_known[index])
            {
                Learnt = true;
                files.Add(new UnknownFile(this, index, Path.Combine(Scan.Path, Scan.NameText(index))));
            }
    }

    /// <summary>What the index shall keep: known files that are still there, and the files just read whose stamps are telling.</summary>
    public HashedFolder ToIndex(DateTimeOffset looked)
    {
        var files = Enumerable.Range(0, Hashes.Length)
            .Where(index => _known[index] || (_included[index] && Scan.Entries[index].Stamp.IsTellingAt(looked)))
            .Select(index => ToIndex(in Scan.Entries[index], Hashes[index]));
        return new HashedFolder(Scan.Names, [.. files]);
    }

    private static IndexedFile ToIndex(in ScannedEntry entry, ContentHash hash) =>
        new(entry.NameOffset, entry.NameLength, entry.Stamp, hash);
}
