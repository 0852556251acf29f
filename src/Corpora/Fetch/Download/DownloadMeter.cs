using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>What a download has come to: progress for people, figures for the record. Safe for several threads.</summary>
/// <param name="total">Bytes of all files, as far as they are known.</param>
internal sealed class DownloadMeter(long total, StageRun run)
{
    private const long Step = 1 << 20;

    private long _done, _told, _total = total, _received;
    private int _retries, _restarts;

    /// <summary>Bytes that are here without having been brought by this run.</summary>
    internal void Found(long bytes) => Advance(bytes, "");

    internal void Received(int bytes, string file)
    {
        Interlocked.Add(ref _received, bytes);
        Advance(bytes, file);
    }

    /// <summary>Bytes that have to be brought again.</summary>
    internal void Lost(long bytes) => Interlocked.Add(ref _done, -bytes);

    /// <summary>A file turned out to be longer or shorter.</summary>
    internal void Corrected(long difference) => Interlocked.Add(ref _total, difference);

    /// <summary>A request failed and is made again.</summary>
    internal void Retried(string line)
    {
        Interlocked.Increment(ref _retries);
        run.Log(line);
    }

    /// <summary>A file is brought again from its first byte.</summary>
    internal void Restarted(string line)
    {
        Interlocked.Increment(ref _restarts);
        run.Log(line);
    }

    internal void Checking(string file) =>
        run.Progress.Report(new StageProgress(Interlocked.Read(ref _done), Interlocked.Read(ref _total), "bytes", $"checking {file}"));

    internal void WriteMetrics()
    {
        run.Metric("bytes received", _received);
        run.Metric("retries", _retries);
        run.Metric("restarts", _restarts);
    }

    private void Advance(long bytes, string file)
    {
        var done = Interlocked.Add(ref _done, bytes);
        var told = Interlocked.Read(ref _told);
        if (Math.Abs(done - told) >= Step && Interlocked.CompareExchange(ref _told, done, told) == told)
            run.Progress.Report(new StageProgress(done, Math.Max(done, Interlocked.Read(ref _total)), "bytes", file));
    }
}
