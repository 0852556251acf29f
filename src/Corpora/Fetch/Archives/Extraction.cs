using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Unpacks several archives into one tree: the entries that are asked for, each checked before a byte of it is written.</summary>
/// <param name="target">Absolute; is made, and appears when everything is in it.</param>
internal sealed class Extraction(ExtractSettings settings, string target, int workers)
{
    /// <exception cref="ArchiveException">An archive is damaged or hostile, or holds nothing that was asked for.</exception>
    internal async Task RunAsync(IReadOnlyList<(string Name, string Path)> archives, StageRun run, CancellationToken cancellation)
    {
        var begun = Directory.CreateDirectory(Path.Combine(run.Unfinished, "files")).FullName;
        var meter = new ExtractionMeter(archives.Sum(archive => new FileInfo(archive.Path).Length), run);
        var twins = new TwinFiles(Path.Combine(run.Scratch, "twins"));
        var sink = new TreeSink(settings, begun, twins, meter);
        try
        {
            await ReadAsync(archives, sink, meter, cancellation);
            twins.RequireEqual();
        }
        catch (ArchiveException)
        {
            Directory.Delete(begun, recursive: true);
            throw;
        }
        Directory.Move(begun, target);
        meter.WriteMetrics();
    }

    private async Task ReadAsync(
        IReadOnlyList<(string Name, string Path)> archives, TreeSink sink, ExtractionMeter meter, CancellationToken cancellation)
    {
        var atOnce = Math.Min(workers, archives.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(archives, options, (archive, token) =>
        {
            ArchiveReader.Read(archive.Path, archive.Name, sink, Math.Max(1, workers / atOnce), token);
            meter.RequireAny(archive.Name, settings);
            return ValueTask.CompletedTask;
        });
    }
}
