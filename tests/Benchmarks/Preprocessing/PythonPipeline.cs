using System.Text.Json;

namespace Tmrvc.Benchmarks.Preprocessing;

/// <summary>Debian's Python packages; see python/preprocess.py.</summary>
internal sealed class PythonPipeline(string root)
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Makes the recordings out of WAV files.</summary>
    internal Task MakeAsync(string source, string target, CancellationToken cancellation) => RunAsync(cancellation, "make", source, target);

    /// <summary>Prepares a folder by a process per core; starting Python and reading its packages does not count.</summary>
    /// <param name="kind"><c>plain</c> or <c>tuned</c>.</param>
    internal async Task<Passage> PrepareAsync(string kind, string folder, string target, int processes, CancellationToken cancellation)
    {
        using var answer = JsonDocument.Parse(await RunAsync(cancellation, "run", kind, folder, target, $"{processes}"));
        double Of(string name) => answer.RootElement.GetProperty(name).GetDouble();
        return new(Of("seconds"), Of("processor"), Of("audio"));
    }

    /// <returns>Seconds that a step of one recording takes.</returns>
    internal async Task<double> StepAsync(string name, string recording, CancellationToken cancellation)
    {
        using var answer = JsonDocument.Parse(await RunAsync(cancellation, "step", name, recording));
        return answer.RootElement.GetProperty("seconds").GetDouble();
    }

    private async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var script = Path.Combine(root, "tests", "Benchmarks", "python", "preprocess.py");
        var environment = new Dictionary<string, string> { ["OPENBLAS_NUM_THREADS"] = "1", ["OMP_NUM_THREADS"] = "1" };
        var (_, output) = await new WholeProcess(root, [Python, "-B", script, .. arguments]) { Environment = environment }.RunAsync(cancellation);
        return output;
    }
}

/// <summary>A run over a set of recordings.</summary>
/// <param name="Seconds">On the wall.</param>
/// <param name="Processor">Seconds of all cores.</param>
/// <param name="Audio">Seconds of recordings.</param>
internal sealed record Passage(double Seconds, double Processor, double Audio)
{
    internal double AudioPerSecond => Audio / Seconds;

    internal double AudioPerProcessorSecond => Audio / Processor;
}
