using Tmrvc.Reporting;

namespace Tmrvc.Build.Comparisons;

/// <summary>Tables for a terminal.</summary>
internal static class ComparisonText
{
    private const int WidestValue = 40;

    public static IEnumerable<string> Lines(ComparisonTable table, string left, string right)
    {
        if (table.Rows.Count == 0)
            yield break;
        ComparisonRow[] rows = [new(table.Title, left, right), .. table.Rows];
        var (names, values) = (rows.Max(row => row.Name.Length), Math.Min(WidestValue, rows.Max(row => row.Left.Length)));
        foreach (var row in rows)
            yield return $"{(row.Differs && row != rows[0] ? "*" : " ")} {row.Name.PadRight(names)}  {row.Left.PadRight(values)}  {row.Right}".TrimEnd();
    }
}
