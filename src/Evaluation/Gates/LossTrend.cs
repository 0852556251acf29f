using System.Text.Json;

namespace Tmrvc.Evaluation;

/// <summary>A training loss smoothed to the means of equal windows over the steps.</summary>
public sealed record LossTrend(IReadOnlyList<double> Windows)
{
    /// <exception cref="ArgumentException">There are fewer steps than windows.</exception>
    public static LossTrend Of(IReadOnlyList<double> losses, int windows)
    {
        if (losses.Count < windows)
            throw new ArgumentException($"Loss trend: {losses.Count} steps, at least one for each of {windows} windows is needed.", nameof(losses));
        return new([.. Enumerable.Range(0, windows).Select(i => Mean(losses, i * losses.Count / windows, (i + 1) * losses.Count / windows))]);
    }

    /// <summary>The <c>loss</c> of each step in a metrics.jsonl.</summary>
    public static IReadOnlyList<double> Losses(string metricsPath) => Values(metricsPath, "loss");

    /// <summary>One value per line of a metrics.jsonl that has it, in order.</summary>
    /// <exception cref="InvalidDataException">A line is not JSON.</exception>
    public static IReadOnlyList<double> Values(string metricsPath, string name) =>
        [.. File.ReadLines(metricsPath).Select((line, i) => Value(line, name, $"{metricsPath}:{i + 1}")).OfType<double>()];

    /// <summary>Largest ratio of a window to the one before: below 1, every window fell.</summary>
    public double WorstStep => Windows.Zip(Windows.Skip(1), (before, after) => after / before).DefaultIfEmpty(1).Max();

    /// <summary>The last window as a share of the first.</summary>
    public double Remaining => Windows[^1] / Windows[0];

    private static double Mean(IReadOnlyList<double> losses, int start, int end) => losses.Skip(start).Take(end - start).Average();

    private static double? Value(string line, string name, string place)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.TryGetProperty(name, out var value) ? value.GetDouble() : null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{place}: is not a line of metrics: {e.Message}", e);
        }
    }
}
