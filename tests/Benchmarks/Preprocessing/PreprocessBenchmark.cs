namespace Tmrvc.Benchmarks.Preprocessing;

/// <summary>
/// Recordings to log-mel against Python, then to all features; and what each step costs. All resample first, as the issue has it. Plain
/// Python is what one writes (SciPy's polyphase resampler, loudness in float64, torchaudio's MelSpectrogram); the bar is on it. The
/// tuned script computes in float32 with a resampler of our quality and one product for all bands.
/// </summary>
internal sealed class PreprocessBenchmark : IBenchmark
{
    private const double Needed = 3;
    private const int Rounds = 3;

    /// <summary>Audio-seconds per second that the issue gives for Python, without its script. Ours is compared with it for information.</summary>
    private const double OfTheIssue = 335;

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
            .. await StepsAsync(new Steps(recordings.Long, folder, PhoneModel), python, folder, log, cancellation),
            .. await CompareAsync("150 FLAC, 48 kHz stereo", recordings.Flac, recordings, python, log, cancellation),
            .. await CompareAsync("1,000 WAV, 44.1 kHz", recordings.Wav, recordings, python, log, cancellation),
        ];
    }

    /// <summary>In turns, the best round of each.</summary>
    private static async Task<IEnumerable<BenchmarkResult>> CompareAsync(
        string what, string folder, Recordings recordings, PythonPipeline python, TextWriter log, CancellationToken cancellation)
    {
        var cores = Environment.ProcessorCount;
        var files = Directory.GetFiles(folder);
        var (ours, plain, tuned) = (new List<Passage>(), new List<Passage>(), new List<Passage>());
        OurPipeline.ToMel(files.Take(4 * cores), recordings.Empty("ours"), cores);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(OurPipeline.ToMel(files, recordings.Empty("ours"), cores));
            plain.Add(await python.PrepareAsync("plain", folder, recordings.Empty("plain"), cores, cancellation));
            tuned.Add(await python.PrepareAsync("tuned", folder, recordings.Empty("tuned"), cores, cancellation));
            log.WriteLine($"  {what}, round {round + 1}: ours {ours[^1]}, plain Python {plain[^1]}, tuned Python {tuned[^1]}");
        }
        var whole = OurPipeline.ToFeatures(files, recordings.Empty("features"), cores);
        return [.. Rows(what, cores, ours, plain, tuned), new($"{what}, Silero, segments, mel, content, F0", whole.AudioPerSecond, "×")];
    }

    private static IEnumerable<BenchmarkResult> Rows(string what, int cores, List<Passage> ours, List<Passage> plain, List<Passage> tuned)
    {
        double Fastest(List<Passage> passages) => passages.Max(passage => passage.AudioPerSecond);
        double Least(List<Passage> passages) => passages.Max(passage => passage.AudioPerProcessorSecond);
        BenchmarkResult Row(string name, Func<List<Passage>, double> best, string other, List<Passage> theirs) =>
            new(name, best(ours), "×", $"{other}, {cores} processes: {best(theirs):0}", best(ours) / best(theirs));
        var bar = Row($"{what} to mel", Fastest, "plain Python", plain);
        yield return bar with { Bar = $"ratio ≥ {Needed}", Pass = bar.Ratio >= Needed };
        yield return Row("  the same", Fastest, "tuned Python", tuned);
        yield return new("  the same", Fastest(ours), "×", $"the issue's figure: {OfTheIssue}", Fastest(ours) / OfTheIssue);
        yield return Row("  audio per processor second", Least, "plain Python", plain);
        yield return Row("  audio per processor second", Least, "tuned Python", tuned);
    }

    private static async Task<IEnumerable<BenchmarkResult>> StepsAsync(
        Steps steps, PythonPipeline python, string folder, TextWriter log, CancellationToken cancellation)
    {
        var ours = steps.Ours();
        foreach (var step in ours)
            log.WriteLine($"  {step.Name}: {60_000 * step.Share:0.0} ms a minute");
        var theirs = await steps.TheirsAsync(python, folder, cancellation);
        var whole = ours.Where(step => step.IsOfWhole).Sum(step => step.Share);
        return ours.Select(step => Row(step, theirs.GetValueOrDefault(step.Name), whole));
    }

    /// <param name="whole">Sum over the steps of the pipeline with Silero VAD, segments, content and F0.</param>
    private static BenchmarkResult Row(Step step, (string Tool, double Share) other, double whole)
    {
        var name = step.IsOfWhole ? $"{step.Name}, {step.Share / whole:0%} of all, a minute" : $"{step.Name}, a minute";
        return other.Tool is null
            ? new(name, 60_000 * step.Share, "ms")
            : new(name, 60_000 * step.Share, "ms", $"{other.Tool}: {60_000 * other.Share:0.0} ms", other.Share / step.Share);
    }
}
