using System.Diagnostics;
using Tmrvc.Benchmarks.Transfer;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Benchmarks.Unpack;

/// <summary>
/// 20,000 files from an archive into a stage's output: unpacked, checked, hashed and in the store, against tools that only unpack.
/// </summary>
internal sealed class UnpackBenchmark : IBenchmark
{
    private const double AllowedMebibytes = 1024;

    public string Name => "unpack";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, ".build", "benchmarks", "unpack")).FullName;
        log.WriteLine($"  makes archives of {SpeechArchives.Files:N0} files, once");
        SpeechArchives.Create(folder);
        return
        [
            .. await CompareAsync(folder, SpeechArchives.TarGz, "tar", ["tar", "xzf"], cancellation),
            .. await CompareAsync(folder, SpeechArchives.Zip, "Python's zipfile", ["python3", "-m", "zipfile", "-e"], cancellation),
        ];
    }

    private static async Task<IEnumerable<BenchmarkResult>> CompareAsync(
        string folder, string archive, string tool, string[] command, CancellationToken cancellation)
    {
        var theirs = Empty(folder, "theirs");
        var unpack = new WholeProcess(theirs, [.. command, Path.Combine(folder, archive), .. tool == "tar" ? Array.Empty<string>() : ["."]]);
        var (milliseconds, _) = await unpack.RunAsync(cancellation);
        Directory.Delete(theirs, recursive: true);
        var ours = Empty(folder, "ours");
        var (seconds, processor, mebibytes) = await RunStageAsync(folder, archive, ours, cancellation);
        Directory.Delete(ours, recursive: true);
        return
        [
            new($"{archive} into the store", seconds, "s", $"{tool}, unpacked only: {milliseconds / 1000:0.0} s", milliseconds / 1000 / seconds),
            new("  processor time", processor, "s"),
            new("  memory", mebibytes, "MiB", Bar: $"< {AllowedMebibytes}", Pass: mebibytes < AllowedMebibytes),
        ];
    }

    private static async Task<(double Seconds, double Processor, double Mebibytes)> RunStageAsync(
        string folder, string archive, string checkout, CancellationToken cancellation)
    {
        var stage = new ExtractStage("Extract", new ExtractSettings(), [new StageInput.File(archive, Path.Combine(folder, archive))]);
        var engine = new Engine(new StageGraph([stage]), new EngineOptions { Root = checkout, Profile = "unpack", Clock = TimeProvider.System });
        PeakMemory.Reset();
        var (started, processor) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        var outcome = (await engine.Start([stage.Id], RunOptions.Default, new SilentObserver(), cancellation).Finished)[stage.Id];
        if (outcome.State != StageState.Ran)
            throw new InvalidOperationException($"{archive}: {outcome.State}: {outcome.Reason}");
        using var now = Process.GetCurrentProcess();
        return (
            Stopwatch.GetElapsedTime(started).TotalSeconds, (now.TotalProcessorTime - processor).TotalSeconds, PeakMemory.Mebibytes());
    }

    private static string Empty(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return Directory.CreateDirectory(path).FullName;
    }
}
