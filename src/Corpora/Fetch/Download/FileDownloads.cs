using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Brings the files of one stage here and hands them on. A file that fails does not keep the others.</summary>
internal sealed class FileDownloads(
    DownloadSettings settings, string folder, Func<HttpClient> connect, TimeProvider clock, StageRun run)
{
    // While one file is checked, another is brought.
    private const int FilesAtOnce = 2;

    /// <exception cref="FetchException">Lists every file that is not to be had, and says what to do.</exception>
    /// <exception cref="StorageException">The device fails, or has too little room.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var lease = await Lease.TakeAsync(
                Path.Combine(folder, ".lease"), () => run.Log("waits for another process that downloads into the same folder"), clock, cancellation);
            RequireSpace();
            await BringAsync(cancellation);
            foreach (var file in settings.Files)
                PlacedOutput.Place(Path.Combine(folder, file.Name), run.Output(file.Name));
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(folder, cause);
        }
    }

    private void RequireSpace()
    {
        var missing = settings.Files
            .Where(file => !File.Exists(Path.Combine(folder, file.Name)) && new PartialFile(Path.Combine(folder, file.Name)).Known() is null);
        CorpusSpace.Require(folder, missing.Sum(file => file.Bytes), run.Scratch, settings.ExtractedBytes);
    }

    /// <summary>For a file whose length only its server tells.</summary>
    private void RequireSpace(long length) => CorpusSpace.Require(folder, length, run.Scratch, settings.ExtractedBytes);

    private async Task BringAsync(CancellationToken cancellation)
    {
        var meter = new DownloadMeter(settings.Files, run);
        using var session = new DownloadSession(settings.Transfer, connect, clock);
        var problems = new ConcurrentDictionary<string, FetchException>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(settings.Files, options, async (file, token) =>
        {
            try
            {
                var expected = new ExpectedContent(file, run.Pinned(file.Name));
                await new FileDownload(file, settings, folder, expected, session, meter.Of(file), RequireSpace).RunAsync(token);
            }
            catch (FetchException problem)
            {
                problems[file.Name] = problem;
            }
        });
        if (!problems.IsEmpty)
            throw new FetchException(string.Join(Environment.NewLine, settings.Files
                .Where(file => problems.ContainsKey(file.Name)).Select(file => problems[file.Name].Message)));
        meter.WriteMetrics();
    }
}
