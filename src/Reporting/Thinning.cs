namespace Tmrvc.Reporting;

internal static class Thinning
{
    /// <summary>
    /// Indices of at most <paramref name="points"/> values: all of them, or the lowest and the highest of each of points / 2 equal
    /// stretches, so that no spike is lost. Values that are not finite are kept only where a stretch has nothing else.
    /// </summary>
    public static IReadOnlyList<int> KeepExtremes(IReadOnlyList<double> values, int points)
    {
        if (values.Count <= points)
            return [.. Enumerable.Range(0, values.Count)];
        var stretches = points / 2;
        return [.. Enumerable.Range(0, stretches).SelectMany(stretch =>
            Extremes(values, Edge(stretch), Edge(stretch + 1)))];

        int Edge(int stretch) => (int)((long)values.Count * stretch / stretches);
    }

    private static IEnumerable<int> Extremes(IReadOnlyList<double> values, int start, int end)
    {
        var (lowest, highest) = (start, start);
        for (var i = start + 1; i < end; i++)
        {
            if (values[i] < values[lowest] || !double.IsFinite(values[lowest]))
                lowest = i;
            if (values[i] > values[highest] || !double.IsFinite(values[highest]))
                highest = i;
        }
        return lowest == highest ? [lowest] : [Math.Min(lowest, highest), Math.Max(lowest, highest)];
    }
}
