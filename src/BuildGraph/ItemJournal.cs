using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// An append-only text file, one line per finished item: see <see cref="ItemLine"/>. A line is written at once and counts only when
/// whole, so a kill loses at most the last item. Lines stay bytes until they are asked for. Safe for several threads.
/// </summary>
internal sealed class ItemJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _lines = [];
    private readonly Lock _turn = new();

    /// <param name="path">Need not exist.</param>
    public ItemJournal(string path)
    {
        var content = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var whole = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        foreach (var line in Lines(content.AsMemory(0, whole)))
            if (ItemLine.TryReadKey(line.Span, out var key))
                _lines[key] = line;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.SetLength(whole);
        _file.Seek(0, SeekOrigin.End);
    }

    /// <returns>Null when the item has no line, or its line is damaged.</returns>
    public ItemEntry? Find(ContentHash key)
    {
        ReadOnlyMemory<byte> line;
        lock (_turn)
            if (!_lines.TryGetValue(key, out line))
                return null;
        return ItemLine.Read(Encoding.UTF8.GetString(line.Span));
    }

    /// <summary>Every entry whose line is good.</summary>
    public IEnumerable<(ContentHash Key, ItemEntry Entry)> All()
    {
        foreach (var key in _lines.Keys)
            if (Find(key) is { } entry)
                yield return (key, entry);
    }

    public void Append(ContentHash key, ItemEntry entry)
    {
        var line = Encoding.UTF8.GetBytes(ItemLine.Write(key, entry) + '\n');
        lock (_turn)
        {
            _lines[key] = line.AsMemory(0, line.Length - 1);
            _file.Write(line);
        }
    }

    public void Dispose() => _file.Dispose();

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> content)
    {
        for (int end; (end = content.Span.IndexOf((byte)'\n')) >= 0; content = content[(end + 1)..])
            yield return content[..end];
    }
}
