using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Unpacks several archives into one tree: the entries that are asked for, each checked before a byte of it is written.</summary>
/// <param name="target">Absolute; is made.</param>
internal sealed class Extraction(ExtractSettings settings, string target, int workers)
{
    /// <exception cref="ArchiveException">An archive is damaged or hostile, or holds nothing that was asked for.</exception>
    internal async Task RunAsync(IReadOnlyList<(string Name, string Path)> archives, StageRun run, CancellationToken cancellation)
    {
        Directory.CreateDirectory(target);
        var meter = new ExtractionMeter(archives.Sum(archive => new FileInfo(archive.Path).Length), run);
        var twins = new TwinFiles(Path.Combine(run.Scratch, "twins"));
        var sink = new TreeSink(settings, target, twins, meter);
        var atOnce = Math.Min(workers, archives.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(archives, options, (archive, token) =>
        {
            ArchiveReader.Read(archive.Path, archive.Name, sink, Math.Max(1, workers / atOnce), token);
            meter.RequireAny(archive.Name, settings);
            return ValueTask.CompletedTask;
        });
        twins.RequireEqual();
        meter.WriteMetrics();
    }
}
