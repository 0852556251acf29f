using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Streaming;
using Tmrvc.Support;

namespace Tmrvc.Benchmarks.Streaming;

/// <summary>What a hop of 10 ms takes a whole conversion, mel to samples, through a student of full size in every form in which it is exported.</summary>
internal sealed class StreamingBenchmark : IBenchmark
{
    private const double MostMilliseconds = 2.5;

    public string Name => "streaming";

    public Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation) => Task.Run(() => Measured(root, log), cancellation);

    private static IReadOnlyList<BenchmarkResult> Measured(string root, TextWriter log)
    {
        var folder = Directory.CreateTempSubdirectory("streaming-");
        try
        {
            log.WriteLine("  exports a student of full size that was never trained …");
            using (var student = StudentFiles.Drawn(new StudentArchitecture()))
                StudentFiles.Write(folder.FullName, student);
            var constants = ConfigurationLoader.Load<Constants>([new("constants.yaml", File.ReadAllText(Path.Combine(root, "configs", "constants.yaml")))], []);
            return Results(new HopMeasurement(new ModelFolder(folder.FullName), constants));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<BenchmarkResult> Results(HopMeasurement measurement)
    {
        var exact = measurement.Of(new ConversionOptions());
        var ahead = measurement.Of(new ConversionOptions { LooksAhead = true });
        var quantised = measurement.Of(new ConversionOptions { Precision = WeightPrecision.Int8 });
        var allocated = exact.Allocated + ahead.Allocated + quantised.Allocated;
        return
        [
            new("a hop, FP32: mean", exact.Mean, "ms", Bar: $"≤ {MostMilliseconds} ms", Pass: exact.Mean <= MostMilliseconds),
            .. Quantiles(exact),
            new("a hop, FP32 looking ahead: mean", ahead.Mean, "ms"),
            .. Quantiles(ahead),
            new("a hop, INT8: mean", quantised.Mean, "ms"),
            .. Quantiles(quantised),
            new("allocated by all hops", allocated, "bytes", Bar: "0", Pass: allocated == 0),
        ];
    }

    private static BenchmarkResult[] Quantiles(HopFigures figures) =>
        [new("  p50", figures.Median, "ms"), new("  p99", figures.Slow, "ms"), new("  processor time", figures.Processor, "ms")];
}
