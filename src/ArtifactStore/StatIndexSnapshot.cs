using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// The index file as read, in one piece: header, folder rows sorted by path, file rows, names. Plain structs of this machine, used
/// where they lie: 100,000 files load in a few milliseconds. Whatever fails the checksum counts as empty.
/// </summary>
internal sealed class StatIndexSnapshot
{
    private const ulong Magic = 0x31_78_64_49_63_76_72_54; // "TrvcIdx1"
    public static readonly StatIndexSnapshot Empty = new(Assemble(new Dictionary<string, HashedFolder>()));

    private readonly byte[] _data;
    private readonly Header _header;

    private StatIndexSnapshot(byte[] data) => (_data, _header) = (data, MemoryMarshal.Read<Header>(data));

    private record struct Header(ulong Magic, ulong Checksum, long Folders, long Files, long Names);

    private record struct FolderRow(int PathOffset, int PathLength, int FirstFile, int FileCount);

    private static int HeaderLength => Unsafe.SizeOf<Header>();

    private int RowsLength => (int)_header.Folders * Unsafe.SizeOf<FolderRow>();

    private int FilesLength => (int)_header.Files * Unsafe.SizeOf<IndexedFile>();

    private ReadOnlySpan<FolderRow> Rows => MemoryMarshal.Cast<byte, FolderRow>(_data.AsSpan(HeaderLength, RowsLength));

    private ReadOnlySpan<IndexedFile> Files =>
        MemoryMarshal.Cast<byte, IndexedFile>(_data.AsSpan(HeaderLength + RowsLength, FilesLength));

    private ReadOnlySpan<byte> Names => _data.AsSpan(_data.Length - (int)_header.Names);

    public static StatIndexSnapshot Parse(byte[] data) => IsSound(data) ? new StatIndexSnapshot(data) : Empty;

    public IEnumerable<string> Folders =>
        Enumerable.Range(0, (int)_header.Folders).Select(index => Encoding.UTF8.GetString(Path(index)));

    public IndexedFolder Find(string folder)
    {
        var path = Encoding.UTF8.GetBytes(folder);
        var (low, high) = (0, (int)_header.Folders - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Path(middle).SequenceCompareTo(path);
            if (order == 0)
                return Folder(Rows[middle]);
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return default;
    }

    /// <summary>The bytes of an index that holds these folders.</summary>
    public static byte[] Assemble(IReadOnlyDictionary<string, HashedFolder> folders)
    {
        var rows = new List<FolderRow>();
        var files = new List<IndexedFile>();
        var names = new MemoryStream();
        foreach (var (path, folder) in folders.Select(pair => (Encoding.UTF8.GetBytes(pair.Key), pair.Value)).Order(ByPath))
        {
            rows.Add(new FolderRow(Append(names, path), path.Length, files.Count, folder.Files.Length));
            var start = (int)names.Length;
            foreach (var file in folder.Files)
                files.Add(file with { NameOffset = Append(names, folder.Names.AsSpan(file.NameOffset, file.NameLength)) - start });
        }
        return Join(CollectionsMarshal.AsSpan(rows), CollectionsMarshal.AsSpan(files), names.ToArray());
    }

    private static IComparer<(byte[] Path, HashedFolder)> ByPath { get; } =
        Comparer<(byte[] Path, HashedFolder)>.Create((x, y) => x.Path.AsSpan().SequenceCompareTo(y.Path));

    private static int Append(MemoryStream names, ReadOnlySpan<byte> name)
    {
        var offset = checked((int)names.Length);
        names.Write(name);
        return offset;
    }

    private static byte[] Join(ReadOnlySpan<FolderRow> rows, ReadOnlySpan<IndexedFile> files, ReadOnlySpan<byte> names)
    {
        byte[] body = [.. MemoryMarshal.AsBytes(rows), .. MemoryMarshal.AsBytes(files), .. names];
        var header = new Header(Magic, Checksum(body), rows.Length, files.Length, names.Length);
        return [.. MemoryMarshal.AsBytes(new ReadOnlySpan<Header>(in header)), .. body];
    }

    private static bool IsSound(byte[] data)
    {
        if (data.Length < HeaderLength || MemoryMarshal.Read<Header>(data) is not { Magic: Magic } header)
            return false;
        var length = HeaderLength + header.Folders * Unsafe.SizeOf<FolderRow>() + header.Files * Unsafe.SizeOf<IndexedFile>() + header.Names;
        return length == data.Length && header.Checksum == Checksum(data.AsSpan(HeaderLength));
    }

    /// <summary>CRC-32C, Castagnoli, of the bytes and their number.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, rest);
        return ((ulong)bytes.Length << 32) | crc;
    }

    /// <summary>The names of a folder's files follow its path.</summary>
    private IndexedFolder Folder(FolderRow row)
    {
        var files = Files.Slice(row.FirstFile, row.FileCount);
        var length = files.IsEmpty ? 0 : files[^1].NameOffset + files[^1].NameLength;
        return new IndexedFolder(Names.Slice(row.PathOffset + row.PathLength, length), files);
    }

    private ReadOnlySpan<byte> Path(int index) => Names.Slice(Rows[index].PathOffset, Rows[index].PathLength);
}
