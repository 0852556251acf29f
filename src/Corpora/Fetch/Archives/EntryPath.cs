namespace Tmrvc.Corpora;

/// <summary>Tells whether an entry's name stays below the folder it is unpacked into, on every system.</summary>
internal static class EntryPath
{
    private const string HiddenPrefix = "._";

    /// <returns>The path below the folder, with forward slashes; empty for the folder itself.</returns>
    /// <exception cref="ArchiveException">It leads elsewhere, or may on some system.</exception>
    internal static string Of(ArchiveEntry entry)
    {
        var path = entry.Name;
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        if (entry.Type == EntryType.Folder)
            path = path.TrimEnd('/');
        if (path is "" or "." && entry.Type == EntryType.Folder)
            return "";
        if (Objection(path) is { } objection)
            throw entry.Refused($"{objection}; only plain relative paths are allowed");
        return path;
    }

    /// <summary>Whether it is what macOS adds to archives beside the files: <c>._x</c> for <c>x</c>.</summary>
    internal static bool IsSystemDebris(string path) => path.Split('/').Any(part => part.StartsWith(HiddenPrefix, StringComparison.Ordinal));

    private static string? Objection(string path) => path switch
    {
        "" => "has no name",
        ['/', ..] => "has an absolute path",
        [_, ':', ..] => "has a path with a drive",
        _ when path.Contains('\\') => "has a backslash in its path",
        _ when path.Any(char.IsControl) => "has a control character in its path",
        _ => path.Split('/') switch
        {
            var parts when parts.Contains("..") => "leads out of the folder",
            var parts when parts.Any(part => part is "" or ".") => "has an empty or '.' part in its path",
            _ => null,
        },
    };
}
