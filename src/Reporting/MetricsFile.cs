using System.Text.Json;

namespace Tmrvc.Reporting;

/// <summary>
/// Reads <c>metrics.jsonl</c>: <c>{"step": 12, "loss": 0.41, "lr": 2e-4}</c>. Every number beside the step is a metric of its own;
/// a name with a <c>validation_</c> or <c>val_</c> in front is the validation curve of the metric that follows.
/// </summary>
internal static class MetricsFile
{
    private static readonly string[] ValidationPrefixes = ["validation_", "val_", "validation/", "val/"];

    /// <exception cref="InvalidDataException">A line is no object or has no step.</exception>
    public static TrainingCurves Read(string stage, string path, int curvePoints)
    {
        var recorded = new Dictionary<string, RecordedMetric>(StringComparer.Ordinal);
        long lastStep = 0;
        foreach (var (step, values) in JsonLines.Read(path, ParseLine))
        {
            lastStep = Math.Max(lastStep, step);
            foreach (var (name, value) in values)
                (recorded.TryGetValue(name, out var metric) ? metric : recorded[name] = new RecordedMetric()).Add(step, value);
        }
        return new TrainingCurves(stage, lastStep, [.. recorded.Select(metric => ToCurve(metric.Key, metric.Value, curvePoints))]);
    }

    private static (long Step, List<(string Name, double Value)> Values) ParseLine(string text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("an object with a step is wanted");
        if (!document.RootElement.TryGetProperty("step", out var step) || !step.TryGetInt64(out var at))
            throw new InvalidDataException("'step' is missing");
        var values = document.RootElement.EnumerateObject().Where(property => property.Name != "step" && IsNumber(property.Value))
            .Select(property => (property.Name, ToNumber(property.Value))).ToList();
        return (at, values);
    }

    /// <summary>A number, or what stands for one that is not finite.</summary>
    private static bool IsNumber(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.Null ||
        value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity";

    private static double ToNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static Curve ToCurve(string name, RecordedMetric metric, int points)
    {
        var prefix = ValidationPrefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        var kept = Thinning.KeepExtremes(metric.Values, points);
        var smoothed = Smoothing.ExponentialAverage(metric.Values);
        return new Curve(
            name[(prefix?.Length ?? 0)..],
            prefix is not null,
            [.. kept.Select(index => metric.Steps[index])],
            [.. kept.Select(index => Shown(metric.Values[index]))],
            [.. kept.Select(index => Shown(smoothed[index]))]);
    }

    private static double? Shown(double value) => double.IsFinite(value) ? SignificantDigits.Round(value, 6) : null;

    private sealed class RecordedMetric
    {
        public List<long> Steps { get; } = [];
        public List<double> Values { get; } = [];

        public void Add(long step, double value)
        {
            Steps.Add(step);
            Values.Add(value);
        }
    }
}
