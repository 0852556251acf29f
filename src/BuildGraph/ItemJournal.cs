using System.Globalization;
using System.Text;
using System.Text.Json;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// An append-only text file, one line per finished item: key, number of files, bytes, and the reason of a rejection as JSON. A line
/// is written at once and counts only when whole, so a kill loses at most the last item.
/// </summary>
internal sealed class ItemJournal : IDisposable
{
    private readonly FileStream _file;

    private ItemJournal(FileStream file) => _file = file;

    public static (Dictionary<ContentHash, ItemEntry> Entries, ItemJournal Journal) Open(string path)
    {
        var entries = new Dictionary<ContentHash, ItemEntry>();
        var whole = 0L;
        if (File.Exists(path))
            whole = Read(File.ReadAllBytes(path), entries);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        return (entries, new ItemJournal(file));
    }

    public void Append(ContentHash key, ItemEntry entry)
    {
        var rejection = entry.Rejection is { } reason ? ' ' + JsonSerializer.Serialize(reason, ReasonJson.Default.String) : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{key} {entry.Files} {entry.Bytes}{rejection}\n");
        _file.Write(Encoding.UTF8.GetBytes(line));
    }

    public void Dispose() => _file.Dispose();

    /// <returns>Length up to the first line that is not whole.</returns>
    private static long Read(ReadOnlySpan<byte> content, Dictionary<ContentHash, ItemEntry> entries)
    {
        var position = 0;
        for (int end; (end = content[position..].IndexOf((byte)'\n')) >= 0; position += end + 1)
            if (!TryParse(Encoding.UTF8.GetString(content.Slice(position, end)), out var key, out var entry))
                break;
            else
                entries[key] = entry;
        return position;
    }

    private static bool TryParse(string line, out ContentHash key, out ItemEntry entry)
    {
        var parts = line.Split(' ', 4);
        (key, entry) = (default, new ItemEntry(0, 0, null));
        if (parts.Length < 3 || !ContentHash.TryParse(parts[0], out key) ||
            !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var files) ||
            !long.TryParse(parts[2], CultureInfo.InvariantCulture, out var bytes))
            return false;
        entry = new ItemEntry(files, bytes, parts.Length == 4 ? Reason(parts[3]) : null);
        return true;
    }

    private static string Reason(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReasonJson.Default.String) ?? "";
        }
        catch (JsonException)
        {
            return json;
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class ReasonJson : System.Text.Json.Serialization.JsonSerializerContext;
