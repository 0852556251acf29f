namespace Tmrvc.Configuration;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
public static class ClosestName
{
    /// <summary>The known name within a third of the letters, in edit distance; null when none is near.</summary>
    public static string? To(string written, IEnumerable<string> known) => known
        .Select(name => (name, distance: EditDistance(written.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(candidate => candidate.distance <= written.Length / 3)
        .OrderBy(candidate => candidate.distance)
        .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
        .Select(candidate => candidate.name)
        .FirstOrDefault();

    /// <summary>The end of a message: the closest name when there is one, and all that are known.</summary>
    public static string Advice(string written, IReadOnlyCollection<string> known)
    {
        var closest = To(written, known);
        var question = closest is null ? "" : $"did you mean '{closest}'? ";
        return $"{question}Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
    }

    private static int EditDistance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
