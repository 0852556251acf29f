using System.Globalization;

namespace Tmrvc.BuildGraph;

/// <summary>The length of a training as its manifest tells it: <c>settings.steps</c>, or <c>settings.X.steps</c> of its one section that has steps.</summary>
internal static class TrainingSteps
{
    private const string First = "settings.", Last = ".steps";

    /// <returns>Null when the manifest has none, or several.</returns>
    public static ManifestEntry? Entry(IEnumerable<ManifestEntry> manifest)
    {
        ManifestEntry[] found = [.. manifest.Where(entry => IsLength(entry.What))];
        return found is [var one] ? one : null;
    }

    /// <returns>Null when the manifest does not tell.</returns>
    public static long? In(IEnumerable<ManifestEntry> manifest) =>
        Entry(manifest) is { } entry && long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) ? steps : null;

    private static bool IsLength(string what) =>
        what.StartsWith(First, StringComparison.Ordinal) && what.EndsWith(Last, StringComparison.Ordinal) && what.Count(letter => letter == '.') <= 2;
}
