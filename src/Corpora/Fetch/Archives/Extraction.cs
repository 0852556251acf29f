using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Unpacks several archives into one tree: the entries that are asked for, each checked before a byte of it is written.</summary>
/// <param name="target">Absolute; is made, and appears when everything is in it.</param>
/// <param name="expected">Bytes that all will have about; 0 when nobody knows.</param>
internal sealed class Extraction(ExtractSettings settings, string target, int workers, long expected)
{
    /// <exception cref="ArchiveException">An archive is damaged or hostile, or holds nothing that was asked for.</exception>
    /// <exception cref="StorageException">The device has too little room.</exception>
    internal async Task RunAsync(IReadOnlyList<(string Name, string Path)> archives, StageRun run, CancellationToken cancellation)
    {
        var begun = Directory.CreateDirectory(Path.Combine(run.Unfinished, "files")).FullName;
        FreeSpace.Require(begun, expected - UnpackedFile.BytesBelow(begun), "about what the archives unpack to");
        var meter = new ExtractionMeter(archives.Sum(archive => new FileInfo(archive.Path).Length), run);
        var twins = new TwinFiles(Path.Combine(run.Scratch, "twins"));
        var sink = new TreeSink(settings, begun, twins, meter);
        try
        {
            await ReadAsync(archives, sink, meter, Marks(run), cancellation);
            twins.RequireEqual();
        }
        catch (ArchiveException)
        {
            Directory.Delete(begun, recursive: true);
            Directory.Delete(Marks(run), recursive: true);
            throw;
        }
        Directory.Move(begun, target);
        meter.WriteMetrics();
    }

    private async Task ReadAsync(
        IReadOnlyList<(string Name, string Path)> archives, TreeSink sink, ExtractionMeter meter, string marks, CancellationToken cancellation)
    {
        var atOnce = Math.Min(workers, archives.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(archives, options, (archive, token) =>
        {
            Read(archive.Name, archive.Path, Path.Combine(marks, archive.Name), sink, Math.Max(1, workers / atOnce), token);
            meter.RequireAny(archive.Name, settings);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>An archive that an interrupted run had read to its end is not read again.</summary>
    private static void Read(string name, string path, string mark, TreeSink sink, int workers, CancellationToken cancellation)
    {
        if (ReadThrough.Read(mark) is { } known && sink.TryKeep(name, known, workers, cancellation))
            sink.Advance(name, new FileInfo(path).Length);
        else
            ArchiveReader.Read(path, name, sink, workers, cancellation)?.Write(mark);
    }

    private static string Marks(StageRun run) => Directory.CreateDirectory(Path.Combine(run.Unfinished, "read")).FullName;
}
