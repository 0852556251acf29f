namespace Tmrvc.Benchmarks.Preprocessing;

/// <summary>Recordings to log-mel against a plain Python pipeline, and what each step costs.</summary>
internal sealed class PreprocessBenchmark : IBenchmark
{
    private const double Needed = 3;
    private const int Rounds = 3;

    /// <summary>Of Debian's pocketsphinx-en-us.</summary>
    private const string PhoneModel = "/usr/share/pocketsphinx/model/en-us/en-us";

    public string Name => "preprocess";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, ".build", "benchmarks", "preprocess")).FullName;
        var (python, recordings) = (new PythonPipeline(root), new Recordings(folder));
        log.WriteLine("  makes 1,150 recordings, once");
        await recordings.MakeAsync(python, cancellation);
        return
        [
            .. await StepsAsync(new Steps(recordings.Long, PhoneModel), python, folder, log, cancellation),
            .. await CompareAsync("150 FLAC, 48 kHz stereo", recordings.Flac, recordings, python, log, cancellation),
            .. await CompareAsync("1,000 WAV, 44.1 kHz", recordings.Wav, recordings, python, log, cancellation),
        ];
    }

    /// <summary>In turns, the best round of each.</summary>
    private static async Task<IEnumerable<BenchmarkResult>> CompareAsync(
        string what, string folder, Recordings recordings, PythonPipeline python, TextWriter log, CancellationToken cancellation)
    {
        var cores = Environment.ProcessorCount;
        var (ours, theirs) = (new List<Passage>(), new List<Passage>());
        OurPipeline.Prepare(Directory.EnumerateFiles(folder).Take(4 * cores), recordings.Empty("ours"), cores);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(OurPipeline.Prepare(Directory.EnumerateFiles(folder), recordings.Empty("ours"), cores));
            theirs.Add(await python.PrepareAsync(folder, recordings.Empty("theirs"), cores, cancellation));
            log.WriteLine($"  {what}, round {round + 1}: ours {ours[^1]}, Python {theirs[^1]}");
        }
        var (fast, plain) = (ours.MinBy(passage => passage.Seconds)!, theirs.MinBy(passage => passage.Seconds)!);
        var ratio = fast.AudioPerSecond / plain.AudioPerSecond;
        var (least, most) = (ours.MinBy(passage => passage.Processor)!, theirs.MinBy(passage => passage.Processor)!);
        return
        [
            new($"{what} to mel", fast.AudioPerSecond, "×", $"Python, {cores} processes: {plain.AudioPerSecond:0}", ratio, $"ratio ≥ {Needed}", ratio >= Needed),
            new("  audio per processor second", least.AudioPerProcessorSecond, "×", $"Python: {most.AudioPerProcessorSecond:0}",
                least.AudioPerProcessorSecond / most.AudioPerProcessorSecond),
        ];
    }

    private static async Task<IEnumerable<BenchmarkResult>> StepsAsync(
        Steps steps, PythonPipeline python, string folder, TextWriter log, CancellationToken cancellation)
    {
        var ours = steps.Ours();
        foreach (var (step, share) in ours)
            log.WriteLine($"  {step}: {60_000 * share:0.0} ms a minute");
        var theirs = await steps.TheirsAsync(python, folder, cancellation);
        return ours.Select(step => theirs.TryGetValue(step.Step, out var other)
            ? new BenchmarkResult($"{step.Step}, a minute of audio", 60_000 * step.Share, "ms", $"{other.Tool}: {60_000 * other.Share:0.0} ms", other.Share / step.Share)
            : new BenchmarkResult($"{step.Step}, a minute of audio", 60_000 * step.Share, "ms"));
    }
}
