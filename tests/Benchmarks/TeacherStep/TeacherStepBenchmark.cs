using System.Globalization;
using Tmrvc.Training;
using TorchSharp;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>
/// A training step of the teacher as the pipeline takes it, and the same work in PyTorch, alternating: on the CPU with equal threads, on a GPU in
/// bfloat16. Both networks must also give the same velocity.
/// </summary>
internal sealed class TeacherStepBenchmark(DeviceChoice device) : IBenchmark
{
    private const int WarmUp = 3;
    private const int Rounds = 8;
    private const int StepsPerRound = 4;
    private const double AllowedDifference = 1e-4;

    private static readonly TeacherCase[] OnCpu = [new("base", Batch: 2, Frames: 200), new("upstream", Batch: 4, Frames: 200)];
    private static readonly TeacherCase[] OnGpu = [new("upstream", Batch: 32, Frames: 400), new("base", Batch: 32, Frames: 400)];

    public string Name => "teacher-step";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var place = new RuntimeSettings { Device = device }.Prepare();
        log.WriteLine($"  {DeviceDescription.Of(place)}");
        var results = new List<BenchmarkResult>();
        foreach (var teacherCase in place.type == DeviceType.CUDA ? OnGpu : OnCpu)
            results.AddRange(await CompareAsync(teacherCase, place, root, log, cancellation));
        return results;
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> CompareAsync(TeacherCase teacherCase, torch.Device place, string root, TextWriter log, CancellationToken cancellation)
    {
        await using var theirs = PyTorchStepper.Start(root, place.type == DeviceType.CUDA ? "cuda" : "cpu", torch.get_num_threads(), teacherCase);
        var difference = await VelocityComparison.LargestDifferenceAsync(theirs, teacherCase with { Batch = 2 }, cancellation);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {teacherCase.Preset}: velocities differ by {difference:G2} at most"));
        using var ours = new TeacherStepper(teacherCase, place);
        ours.Steps(WarmUp);
        await theirs.StepsAsync(WarmUp, cancellation);
        var (here, there) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            here.AddRange(ours.Steps(StepsPerRound));
            there.AddRange(await theirs.StepsAsync(StepsPerRound, cancellation));
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {teacherCase.Preset}, round {round + 1}: {here[^StepsPerRound..].Min():0} ms, PyTorch {there[^StepsPerRound..].Min():0} ms at best"));
        }
        var (median, against, bar) = (Median(here), Median(there), place.type == DeviceType.CUDA ? 1.0 : 1.15);
        return
        [
            new($"{teacherCase.Preset} teacher, step {teacherCase.Batch} × {teacherCase.Frames}", median, "ms", string.Create(CultureInfo.InvariantCulture, $"PyTorch: {against:0.0} ms"),
                against / median, string.Create(CultureInfo.InvariantCulture, $"ratio ≥ {bar:0.00}"), against / median >= bar),
            new($"{teacherCase.Preset} teacher, velocity against PyTorch", difference, "max |Δ|", null, null, $"≤ {AllowedDifference}", difference <= AllowedDifference),
        ];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
