using System.Globalization;
using TorchSharp;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>
/// One training step of the upstream teacher, batch 4 × 200 frames: forward, flow loss, backward, clip, AdamW; here and in PyTorch,
/// alternating, with equal threads. Both networks must also give the same velocity.
/// </summary>
internal sealed class TeacherStepBenchmark : IBenchmark
{
    private const int Batch = 4;
    private const int Frames = 200;
    private const int WarmUp = 3;
    private const int Rounds = 8;
    private const int StepsPerRound = 4;
    private const double AllowedDifference = 1e-4;

    public string Name => "teacher-step";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var threads = Environment.ProcessorCount;
        torch.set_num_threads(threads);
        using var ours = new TeacherStepper(Batch, Frames);
        await using var theirs = PyTorchStepper.Start(root, threads, Batch, Frames);
        var difference = await VelocityComparison.LargestDifferenceAsync(theirs, Frames, cancellation);
        ours.Steps(WarmUp);
        await theirs.StepsAsync(WarmUp, cancellation);
        var (here, there) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            here.AddRange(ours.Steps(StepsPerRound));
            there.AddRange(await theirs.StepsAsync(StepsPerRound, cancellation));
        }
        var (median, against) = (Median(here), Median(there));
        return
        [
            new("upstream teacher, training step 4 × 200", median, "ms", string.Create(CultureInfo.InvariantCulture, $"PyTorch: {against:0.0} ms"),
                against / median, "ratio ≥ 1.0", against / median >= 1),
            new("upstream teacher, velocity against PyTorch", difference, "max |Δ|", null, null, $"≤ {AllowedDifference}", difference <= AllowedDifference),
        ];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
