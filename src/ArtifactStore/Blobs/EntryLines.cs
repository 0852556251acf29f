using System.Globalization;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Entries of a set as lines: <c>file HASH BYTES FILES NAME</c>.</summary>
internal static class EntryLines
{
    public static string Write(StoredEntry entry) => string.Create(CultureInfo.InvariantCulture,
        $"{(entry.Kind == EntryKind.File ? "file" : "folder")} {entry.Hash} {entry.Bytes} {entry.Files} {entry.Name}\n");

    /// <exception cref="FormatException">Not an entry.</exception>
    public static StoredEntry Parse(string line) => line.Split(' ', 5) switch
    {
        ["file", var hash, var bytes, "1", var name] => new(name, EntryKind.File, ContentHash.Parse(hash), Number(bytes), 1),
        ["folder", var hash, var bytes, var files, var name] =>
            new(name, EntryKind.Folder, ContentHash.Parse(hash), Number(bytes), checked((int)Math.Min(Number(files), int.MaxValue))),
        _ => throw new FormatException($"Entry '{line}': a kind, a hash, bytes, files and a name are allowed."),
    };

    /// <exception cref="FormatException">Not a number from 0 on.</exception>
    public static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException($"'{text}' found; a number from 0 on is allowed.");
}
