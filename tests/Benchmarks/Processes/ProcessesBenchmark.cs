using System.Diagnostics;
using System.Globalization;

namespace Tmrvc.Benchmarks.Processes;

/// <summary>Two processes on one teacher against one process with as many threads as both: steps per second, the same losses, and what goes into exchange.</summary>
internal sealed class ProcessesBenchmark : IBenchmark
{
    private const double AllowedDifference = 1e-4;

    public string Name => "nproc";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var (one, two) = (await TrainAsync(1, cancellation), await TrainAsync(2, cancellation));
        var (alone, together) = (one["steps_per_second"], two["steps_per_second"]);
        var difference = Math.Abs(one["final_loss"] - two["final_loss"]);
        return
        [
            new("2 processes, base teacher 4 × 200", together, "1/s", string.Create(CultureInfo.InvariantCulture, $"1 process: {alone:0.00} 1/s"), together / alone),
            new("gradients that travel within backward", 100 * two["communication_overlap"], "%"),
            new("time spent waiting for each other", 100 * two["communication_share"], "%"),
            new($"loss of step {BenchmarkRank.Steps}, against 1 process", difference, "|Δ|", null, null, $"≤ {AllowedDifference}", difference <= AllowedDifference),
        ];
    }

    /// <returns>Metrics of the run.</returns>
    private static async Task<IReadOnlyDictionary<string, double>> TrainAsync(int processes, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("nproc");
        var ranks = Enumerable.Range(0, processes).Select(rank => Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [BenchmarkRank.Verb, $"{rank}", $"{processes}", folder.FullName]) { RedirectStandardOutput = true })!).ToList();
        try
        {
            var lines = await ranks[0].StandardOutput.ReadToEndAsync(cancellation);
            foreach (var rank in ranks) await rank.WaitForExitAsync(cancellation);
            return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
                .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
        }
        finally
        {
            foreach (var rank in ranks.Where(rank => !rank.HasExited)) rank.Kill();
            folder.Delete(recursive: true);
        }
    }
}
