namespace Tmrvc.Benchmarks;

/// <summary>Measures ours and what it is measured against in one run, side by side.</summary>
internal interface IBenchmark
{
    /// <summary>Name of its option and of its file below artifacts/benchmarks.</summary>
    string Name { get; }

    /// <param name="root">Of the repository.</param>
    /// <param name="log">Lines for people while it runs.</param>
    Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation);
}

/// <summary>One line of the table.</summary>
/// <param name="Value">Ours.</param>
/// <param name="Against">What it is measured against, such as <c>PyTorch 1.13: 170.2 ms</c>; null when the bar is on the value.</param>
/// <param name="Ratio">How many times better than that; null when the bar is on the value.</param>
/// <param name="Bar">What must be reached, such as <c>ratio ≥ 1.0</c>; null for information only.</param>
internal sealed record BenchmarkResult(
    string Name, double Value, string Unit, string? Against = null, double? Ratio = null, string? Bar = null, bool Pass = true);
