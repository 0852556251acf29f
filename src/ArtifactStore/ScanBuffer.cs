namespace Tmrvc.ArtifactStore;

/// <summary>Collects the entries of one folder; used again for the next one, so that listing allocates only what is kept.</summary>
internal sealed class ScanBuffer
{
    [ThreadStatic]
    private static ScanBuffer? _ofThread;

    private byte[] _names = new byte[16 * 1024];
    private int _namesLength;

    /// <summary>An empty buffer, until the thread asks again.</summary>
    public static ScanBuffer OfThread()
    {
        var buffer = _ofThread ??= new ScanBuffer();
        (buffer._namesLength, buffer.Count) = (0, 0);
        return buffer;
    }

    /// <summary>Each name ends with a zero, so that it can be handed to the system where it lies.</summary>
    public byte[] Names => _names;

    public ScannedEntry[] Entries { get; private set; } = new ScannedEntry[256];

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> name, EntryType type, bool isLink, FileStamp stamp = default)
    {
        if (_namesLength + name.Length >= _names.Length)
            Array.Resize(ref _names, 2 * _names.Length + name.Length);
        if (Count == Entries.Length)
        {
            var grown = new ScannedEntry[2 * Count];
            Array.Copy(Entries, grown, Count);
            Entries = grown;
        }
        name.CopyTo(_names.AsSpan(_namesLength));
        _names[_namesLength + name.Length] = 0;
        Entries[Count++] = new ScannedEntry(_namesLength, name.Length, type, isLink, stamp);
        _namesLength += name.Length + 1;
    }

    /// <summary>What was collected, sorted; entries without a name are left out.</summary>
    public FolderScan ToScan(string path)
    {
        var order = new int[Count];
        var kept = 0;
        for (var index = 0; index < Count; index++)
            if (Entries[index].NameLength > 0)
                order[kept++] = index;
        Array.Sort(order, 0, kept, new ByName(this));
        var sorted = new ScannedEntry[kept];
        for (var index = 0; index < kept; index++)
            sorted[index] = Entries[order[index]];
        return new FolderScan(path, _names.AsSpan(0, _namesLength).ToArray(), sorted);
    }

    private sealed class ByName(ScanBuffer buffer) : IComparer<int>
    {
        private readonly byte[] _names = buffer._names;
        private readonly ScannedEntry[] _entries = buffer.Entries;

        public int Compare(int x, int y)
        {
            ref var first = ref _entries[x];
            ref var second = ref _entries[y];
            var common = Math.Min(first.NameLength, second.NameLength);
            for (var index = 0; index < common; index++)
                if (_names[first.NameOffset + index] != _names[second.NameOffset + index])
                    return _names[first.NameOffset + index] - _names[second.NameOffset + index];
            return Next(in first, common) - Next(in second, common);
        }

        /// <summary>A folder sorts as if its name ended in a slash.</summary>
        private int Next(ref readonly ScannedEntry entry, int index) =>
            index < entry.NameLength ? _names[entry.NameOffset + index] : entry.Type == EntryType.Folder ? '/' : 0;
    }
}
