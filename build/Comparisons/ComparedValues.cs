using System.Globalization;
using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;
using Tmrvc.Reporting;

namespace Tmrvc.Build.Comparisons;

/// <summary>What two results differ in, and what came of it, as tables.</summary>
internal static class ComparedValues
{
    private const string Input = "input.";

    /// <summary>Settings, versions and libraries that differ, of every stage; inputs that another stage makes are left out: their reason is in the table, too.</summary>
    public static ComparisonTable Differences(IEnumerable<Stage> stages, ComparedResult left, ComparedResult right) => new("Differences",
        [.. stages.SelectMany(stage => Of(stage, left[stage.Id], right[stage.Id]))]);

    /// <summary>What both stages measured of themselves, and what it took.</summary>
    public static ComparisonTable Metrics(StageId stage, ComparedResult left, ComparedResult right)
    {
        var (before, after) = (Metrics(left[stage]), Metrics(right[stage]));
        return new($"Metrics of {stage}", [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(name => Row(name, before, after))]);
    }

    /// <summary>Every check of the gate, found and allowed.</summary>
    public static ComparisonTable Verdict(StageId gate, ComparedResult left, ComparedResult right)
    {
        var (before, after) = (Checks(left[gate]), Checks(right[gate]));
        return new($"Verdict of {gate}", [.. before.Keys.Union(after.Keys).Select(name => Row(name, before, after))]);
    }

    private static IEnumerable<ComparisonRow> Of(Stage stage, ActionRecord? left, ActionRecord? right)
    {
        if (left is null || right is null)
            yield break;
        var made = stage.Inputs.Where(input => input is StageInput.Output or StageInput.Passed).Select(input => Input + input.Name).ToHashSet();
        var (before, after) = (Entries(left), Entries(right));
        foreach (var what in before.Keys.Union(after.Keys).Where(what => !made.Contains(what)))
            if (Row($"{stage.Id} {what}", Value(before, what), Value(after, what)) is { Differs: true } row && !IsNewDefault(before, after, what))
                yield return row;
    }

    /// <summary>A default that one side does not know yet changes nothing.</summary>
    private static bool IsNewDefault(Dictionary<string, ManifestEntry> before, Dictionary<string, ManifestEntry> after, string what) =>
        (!before.ContainsKey(what) || !after.ContainsKey(what)) && (before.GetValueOrDefault(what) ?? after[what]).IsDefault;

    private static Dictionary<string, ManifestEntry> Entries(ActionRecord record) => record.Manifest.ToDictionary(entry => entry.What);

    private static string Value(Dictionary<string, ManifestEntry> entries, string what) => entries.TryGetValue(what, out var entry) ? ShortHashes.In(entry.Value) : "";

    private static Dictionary<string, string> Metrics(ActionRecord? record) => record is null
        ? []
        : record.Metrics.Select(metric => (metric.Key, Value: Number(metric.Value)))
            .Append(("hours", Number(record.Hours)))
            .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>A figure that has several bars is checked several times, by one name.</summary>
    private static Dictionary<string, string> Checks(ActionRecord? record) => (record?.Verdict?.Checks ?? [])
        .GroupBy(check => check.Name)
        .SelectMany(bars => bars.Select((check, i) => (Name: i == 0 ? check.Name : $"{check.Name}, bar {i + 1}", check)))
        .ToDictionary(row => row.Name, row => $"{row.check.Found} ({row.check.Allowed}{(row.check.Passed ? "" : ": did not pass")})");

    private static ComparisonRow Row(string name, Dictionary<string, string> before, Dictionary<string, string> after) =>
        Row(name, before.GetValueOrDefault(name, ""), after.GetValueOrDefault(name, ""));

    private static ComparisonRow Row(string name, string before, string after) => new(name, before, after);

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
