using System.Globalization;
using Tmrvc.Export;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Benchmarks.Students;

/// <summary>
/// A full-size student in ONNX Runtime on one thread, a hop of 10 ms at a time: content encoder, converter and vocoder each hop, the room
/// every ten; in float32 and in int8, alternating.
/// </summary>
internal sealed class StudentsBenchmark : IBenchmark
{
    private const int Rounds = 10;
    private const int HopsPerRound = 100;
    private const double HopBar = 2.5; // ms
    private const double SpeedBar = 1.5;
    private const double SizeBar = 0.26;

    private static readonly StudentArchitecture Shape = new();

    public string Name => "students";

    public Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        using var student = StudentNetworks.Untrained(Shape, seed: 1);
        var models = ExportedStudent.Of(student, Statistics(), highQuality: false);
        IReadOnlyList<ExportedModel> quantised = [.. QuantisedStudent.Of(models)];
        using var float32 = new StudentHops(models);
        using var int8 = new StudentHops(quantised);
        float32.Run(HopsPerRound);
        int8.Run(HopsPerRound);
        var (ours, ints) = (new HopTimes(), new HopTimes());
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            ours.Add(float32.Run(HopsPerRound));
            ints.Add(int8.Run(HopsPerRound));
        }
        return Task.FromResult<IReadOnlyList<BenchmarkResult>>([.. Times(ours, ints), .. Sizes(models, quantised), .. Deviations(models, quantised)]);
    }

    private static IEnumerable<BenchmarkResult> Times(HopTimes float32, HopTimes int8)
    {
        yield return new("a hop in float32, median", float32.Median, "ms", Bar: $"≤ {Written(HopBar)}", Pass: float32.Median <= HopBar);
        yield return new("a hop in float32, the fastest", float32.Percentile(0), "ms");
        yield return new("a hop in float32, 99 of 100", float32.Percentile(0.99), "ms");
        yield return new("a hop in float32, processor", float32.Processor, "ms");
        yield return new("a hop in float32, allocated", float32.Allocated, "bytes");
        var ratio = float32.Median / int8.Median;
        yield return new("a hop in int8, median", int8.Median, "ms", $"float32: {Written(float32.Median)} ms", ratio, $"ratio ≥ {Written(SpeedBar)}", ratio >= SpeedBar);
        yield return new("a hop in int8, the fastest", int8.Percentile(0), "ms");
        yield return new("a hop in int8, 99 of 100", int8.Percentile(0.99), "ms");
        yield return new("a hop in int8, processor", int8.Processor, "ms");
    }

    private static IEnumerable<BenchmarkResult> Sizes(IEnumerable<ExportedModel> models, IEnumerable<ExportedModel> quantised)
    {
        var (full, small) = (Bytes(models.Where(model => QuantisedStudent.Reaches(model.Contract))), Bytes(quantised));
        yield return new("int8 files over float32 files", small / full, "size", $"float32: {Written(full / 1e6)} MB", Bar: $"≤ {Written(SizeBar)}", Pass: small / full <= SizeBar);
    }

    private static IEnumerable<BenchmarkResult> Deviations(IEnumerable<ExportedModel> models, IReadOnlyList<ExportedModel> quantised)
    {
        foreach (var (model, small) in models.Where(model => QuantisedStudent.Reaches(model.Contract)).Zip(quantised))
        {
            var deviation = StudentHops.Deviation(model, small);
            yield return new($"int8 {model.Contract.Name}, mean |Δ|", deviation.Mean, "", Bar: "≤ 0.01", Pass: deviation.Mean <= 0.01);
            yield return new($"int8 {model.Contract.Name}, largest |Δ|", deviation.Largest, "");
        }
    }

    private static double Bytes(IEnumerable<ExportedModel> models) => models.Sum(model => (double)model.Network.CalculateSize());

    private static string Written(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static MelStatistics Statistics() =>
        new(-9, [.. Enumerable.Repeat(-4f, Shape.Mels)], [.. Enumerable.Repeat(2f, Shape.Mels)], 1);
}
