using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Pricing;

/// <summary>What a plan's stages are expected to take and to cost, as a table; nothing where all is free.</summary>
internal static class CostSummary
{
    public static IEnumerable<string> Lines(Plan plan)
    {
        if (!plan.Stages.Any(stage => stage.Cost > 0))
            return [];
        string[][] rows =
        [
            ["Stage", "Machine", "Hours", "Cost", "From"],
            .. plan.Stages.Where(stage => stage.Expected is not null).Select(stage => Row(stage.Id.Value, stage.Expected!)),
            ["**Total**", "", Amounts.Hours(plan.HoursBetween), $"**{Amounts.Dollars(plan.CostBetween)}**", ""],
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return ["", "Cost summary", Line(rows[0], widths), Line([.. widths.Select(width => new string('-', width))], widths), .. rows.Skip(1).Select(row => Line(row, widths))];
    }

    /// <summary>What lies here or in a cache already, as an end of the plan's last line; empty when it took nothing.</summary>
    public static string Saved(Plan plan) => plan.Saved is { Hours: >= 0.005 } saved
        ? $"; kept results took {Amounts.Hours(saved.Hours)}{(saved.Cost >= 0.005 ? $", {Amounts.Dollars(saved.Cost)}" : "")} to make"
        : "";

    private static string[] Row(string stage, Expectation expected) =>
        [stage, expected.Machine, Amounts.Hours(expected.Hours), expected.Rate > 0 ? Amounts.Dollars(expected.Cost) : "free", expected.IsRecorded ? "record" : "table"];

    private static string Line(string[] cells, int[] widths) => $"| {string.Join(" | ", cells.Zip(widths, (cell, width) => cell.PadRight(width)))} |";
}
