using System.Collections.Concurrent;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>What the downloads of a stage have come to: progress for people, figures for the record. Safe for several threads.</summary>
internal sealed class DownloadMeter
{
    private const long Step = 1 << 20;

    private readonly StageRun _run;
    private readonly ConcurrentDictionary<string, FileMeter> _files = new();
    private long _told;

    internal DownloadMeter(IEnumerable<RemoteFile> files, StageRun run)
    {
        _run = run;
        foreach (var file in files)
            _files[file.Name] = new FileMeter(file.Name, file.Bytes, this);
    }

    internal FileMeter Of(RemoteFile file) => _files[file.Name];

    internal void Log(string line) => _run.Log(line);

    /// <summary>Tells the progress now and then, or at once when there is something to say.</summary>
    internal void Tell(string detail, bool atOnce = false)
    {
        var done = _files.Values.Sum(file => file.Done);
        var told = Interlocked.Read(ref _told);
        if (atOnce || (Math.Abs(done - told) >= Step && Interlocked.CompareExchange(ref _told, done, told) == told))
            _run.Progress.Report(new StageProgress(done, Math.Max(done, _files.Values.Sum(file => file.Total)), "bytes", detail));
    }

    internal void WriteMetrics()
    {
        _run.Metric("bytes received", _files.Values.Sum(file => file.Received));
        _run.Metric("retries", _files.Values.Sum(file => file.Retries));
        _run.Metric("restarts", _files.Values.Sum(file => file.Restarts));
    }
}
