using System.Globalization;
using System.Text.RegularExpressions;

namespace Tmrvc.BuildGraph;

/// <summary>Values of a manifest as people read them: a list by its values, a record as set or none, neither by its type.</summary>
internal static partial class ManifestText
{
    /// <summary>Values shown of a list.</summary>
    private const int Shown = 8;

    /// <returns>Null where the manifest has no such entry.</returns>
    public static string? Of(string what, IReadOnlyDictionary<string, ManifestEntry> manifest)
    {
        if (!manifest.TryGetValue(what, out var entry))
            return null;
        if (Values(what, manifest) is { } values)
            return $"[{string.Join(", ", values.Take(Shown))}{(values.Length > Shown ? $", … {values.Length} in all" : "")}]";
        if (!what.StartsWith("settings.", StringComparison.Ordinal))
            return entry.Value;
        return entry.Value == "null" ? "none" : IsRecord(what, manifest) ? "set" : entry.Value;
    }

    /// <summary>Whether it is one of the values that the list it is in is told by, or stands in no manifest.</summary>
    public static bool IsListed(string what, IReadOnlyDictionary<string, ManifestEntry> manifest) =>
        Element().Match(what) is { Success: true } element && (Values(element.Groups[1].Value, manifest)?.Length <= Shown || !manifest.ContainsKey(element.Groups[1].Value));

    /// <summary>Whether it is a list that is told by its values.</summary>
    public static bool IsList(string what, IReadOnlyDictionary<string, ManifestEntry> manifest) => Values(what, manifest) is not null;

    /// <returns>Null where it is no list of single values.</returns>
    private static string[]? Values(string list, IReadOnlyDictionary<string, ManifestEntry> manifest)
    {
        if (!manifest.TryGetValue(list, out var entry) || Count().Match(entry.Value) is not { Success: true } count)
            return null;
        string[] elements = [.. Enumerable.Range(0, int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture)).Select(index => $"{list}[{index}]")];
        return elements.All(element => manifest.ContainsKey(element) && !IsRecord(element, manifest)) ? [.. elements.Select(element => manifest[element].Value)] : null;
    }

    private static bool IsRecord(string what, IReadOnlyDictionary<string, ManifestEntry> manifest) =>
        manifest.Keys.Any(other => other.StartsWith(what + ".", StringComparison.Ordinal));

    [GeneratedRegex("^([0-9]{1,6}) elements$")]
    private static partial Regex Count();

    [GeneratedRegex(@"^(.+)\[[0-9]+\]$")]
    private static partial Regex Element();
}
