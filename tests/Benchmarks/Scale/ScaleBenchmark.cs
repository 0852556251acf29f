using System.Globalization;
using Tmrvc.Audio;

namespace Tmrvc.Benchmarks.Scale;

/// <summary>
/// A corpus of 100,000 files through preprocessing and features, as whole processes: what it costs to find nothing to do, and to
/// change, add and remove one file.
/// </summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double AllowedPlanSeconds = 1.5, AllowedMebibytes = 1024;

    public string Name => "scale";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var voices = new ManyVoices(root, Directory.CreateDirectory(Path.Combine(root, ".build", "benchmarks", "scale")).FullName);
        log.WriteLine($"  links {ManyVoices.Files:N0} files of speech, and preprocesses them where that was not done before (minutes)");
        voices.Create();
        var program = await PublishAsync(root, cancellation);
        var whole = await RunAsync(program, voices, cancellation);
        await RunAsync(program, voices, cancellation);
        return
        [
            .. whole["Preprocess"] == "Ran" ? WholeRun(whole) : [],
            .. await NothingAsync(program, voices, cancellation),
            .. await ChangeAsync("added", program, voices, () => Speak(voices, voices.OneFile + ".new.wav"), cancellation),
            .. await ChangeAsync("changed", program, voices, () => Speak(voices, voices.OneFile), cancellation),
            .. await ChangeAsync("removed", program, voices, () => File.Delete(voices.OneFile + ".new.wav"), cancellation),
        ];
    }

    private static IEnumerable<BenchmarkResult> WholeRun(IReadOnlyDictionary<string, string> whole) =>
    [
        new("from recordings to shards", Number(whole, "seconds"), "s"),
        new("the same, memory", Number(whole, "peak_mebibytes"), "MiB", Bar: $"< {AllowedMebibytes}", Pass: Number(whole, "peak_mebibytes") < AllowedMebibytes),
    ];

    private static async Task<IEnumerable<BenchmarkResult>> NothingAsync(string program, ManyVoices voices, CancellationToken cancellation)
    {
        var (times, memory) = (new List<double>(), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var process = new WholeProcess(voices.Folder, program, voices.Folder, "plan");
            var (milliseconds, output) = await process.RunAsync(cancellation);
            times.Add(milliseconds / 1000);
            memory = Number(Words(output), "peak_mebibytes");
        }
        var median = times.Order().ElementAt(Rounds / 2);
        return
        [
            new("scan and plan, whole process", median, "s", Bar: $"< {AllowedPlanSeconds}", Pass: median < AllowedPlanSeconds),
            new("the same, memory", memory, "MiB", Bar: $"< {AllowedMebibytes}", Pass: memory < AllowedMebibytes),
        ];
    }

    /// <summary>What a change costs; each stage may process one item and make one shard, or divide or join one.</summary>
    private static async Task<IEnumerable<BenchmarkResult>> ChangeAsync(
        string what, string program, ManyVoices voices, Action change, CancellationToken cancellation)
    {
        change();
        await Task.Delay(100, cancellation);
        var words = await RunAsync(program, voices, cancellation);
        var items = Number(words, "Preprocess_items") + Number(words, "Features_items");
        var (shards, memory) = (Number(words, "Features_shards"), Number(words, "peak_mebibytes"));
        var hashed = Number(words, "hashed");
        var allowedItems = what == "removed" ? 0 : 2;
        return
        [
            new($"one file {what}", Number(words, "seconds"), "s"),
            new("the same, memory", memory, "MiB", Bar: $"< {AllowedMebibytes}", Pass: memory < AllowedMebibytes),
            new("the same, recordings hashed", hashed, "files", Bar: $"≤ 1", Pass: hashed <= 1),
            new("the same, items of both stages", items, "items", Bar: $"= {allowedItems}", Pass: items == allowedItems),
            new("the same, shards", shards, "shards", Bar: "≤ 2", Pass: shards is 1 or 2),
            new("the same, read", Number(words, "read_bytes") / 1e6, "MB"),
            new("the same, written", Number(words, "written_bytes") / 1e6, "MB"),
        ];
    }

    /// <summary>Content that no earlier run of the benchmark has had: its result would be in the store.</summary>
    private static void Speak(ManyVoices voices, string path)
    {
        File.Delete(path);
        AudioFile.WriteWav16(path, voices.AnotherWindow(gain: 0.5 + Random.Shared.NextDouble() / 2));
    }

    private static async Task<IReadOnlyDictionary<string, string>> RunAsync(string program, ManyVoices voices, CancellationToken cancellation)
    {
        var process = new WholeProcess(voices.Folder, program, voices.Folder);
        return Words((await process.RunAsync(cancellation)).Output);
    }

    private static Dictionary<string, string> Words(string output) => output
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static double Number(IReadOnlyDictionary<string, string> words, string name) => double.Parse(words[name], CultureInfo.InvariantCulture);

    private static async Task<string> PublishAsync(string root, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, ".build", "benchmarks", "many-files");
        await new WholeProcess(root, "dotnet", "publish", "-c", "Release", "tests/Support/ManyFiles", "-o", folder).RunAsync(cancellation);
        return Path.Combine(folder, "Tmrvc.ManyFiles");
    }
}
