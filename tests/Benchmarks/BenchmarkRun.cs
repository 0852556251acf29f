using System.Globalization;
using System.Text.Json;

namespace Tmrvc.Benchmarks;

/// <summary>Runs benchmarks one after another, prints a table and leaves artifacts/benchmarks/NAME.json.</summary>
internal sealed class BenchmarkRun(string root, TextWriter output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>False when a bar was missed.</summary>
    public async Task<bool> AllPassAsync(IEnumerable<IBenchmark> benchmarks, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts", "benchmarks")).FullName;
        var passed = true;
        foreach (var benchmark in benchmarks)
        {
            output.WriteLine($"{benchmark.Name}:");
            var results = await benchmark.RunAsync(root, output, cancellation);
            await File.WriteAllTextAsync(
                Path.Combine(folder, benchmark.Name + ".json"), JsonSerializer.Serialize(results, Json) + "\n", cancellation);
            foreach (var result in results) output.WriteLine("  " + Row(result));
            passed &= results.All(result => result.Pass);
        }
        return passed;
    }

    private static string Row(BenchmarkResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Name,-44} {result.Value,12:G5} {result.Unit,-6} {result.Against,-34} {Ratio(result),-8} {Bar(result)}");

    private static string Ratio(BenchmarkResult result) =>
        result.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"×{ratio:0.00}") : "";

    private static string Bar(BenchmarkResult result) =>
        result.Bar is null ? "" : $"{(result.Pass ? "pass" : "FAIL")} ({result.Bar})";
}
