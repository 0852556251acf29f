using System.Globalization;
using System.Text.Json;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// A line of an <see cref="ItemJournal"/>, parts apart by tabs: the key; the reason of a rejection and the note, each as JSON or
/// empty; then per result file its hash, size and name, apart by blanks.
/// </summary>
internal static class ItemLine
{
    private const int FixedParts = 3;

    public static string Write(ContentHash key, ItemEntry entry) => string.Join('\t',
        entry.Files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Hash} {file.Size} {file.Name}"))
            .Prepend(Quoted(entry.Note)).Prepend(Quoted(entry.Rejection)).Prepend(key.ToString()));

    public static bool TryReadKey(ReadOnlySpan<byte> line, out ContentHash key)
    {
        key = default;
        Span<byte> hash = stackalloc byte[ContentHash.ByteCount];
        if (line.Length < 2 * hash.Length
            || Convert.FromHexString(line[..(2 * hash.Length)], hash, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        key = new ContentHash(hash);
        return true;
    }

    /// <returns>Null when the line is damaged.</returns>
    public static ItemEntry? Read(string line)
    {
        var parts = line.Split('\t');
        try
        {
            return parts.Length < FixedParts
                ? null
                : new ItemEntry(Unquoted(parts[1]), Unquoted(parts[2]), [.. parts.Skip(FixedParts).Select(ReadFile)]);
        }
        catch (Exception damage) when (damage is JsonException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static KeptFile ReadFile(string part)
    {
        var words = part.Split(' ', 3);
        return new KeptFile(words[2], ContentHash.Parse(words[0]), long.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static string Quoted(string? text) => text is null ? "" : JsonSerializer.Serialize(text, TextJson.Default.String);

    private static string? Unquoted(string json) => json.Length == 0 ? null : JsonSerializer.Deserialize(json, TextJson.Default.String);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class TextJson : System.Text.Json.Serialization.JsonSerializerContext;
