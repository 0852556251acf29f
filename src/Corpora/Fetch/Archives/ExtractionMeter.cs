using System.Collections.Concurrent;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Progress through the archives, in their own bytes, and what they came to. Safe for several threads.</summary>
internal sealed class ExtractionMeter(long total, StageRun run)
{
    private const long Step = 4 << 20;

    private readonly ConcurrentDictionary<string, int> _taken = new();
    private long _done, _told, _bytes;
    private int _leftOut, _kept;

    internal void Take(ArchiveEntry entry)
    {
        _taken.AddOrUpdate(entry.Archive, 1, (_, count) => count + 1);
        Interlocked.Add(ref _bytes, entry.Length);
    }

    internal void LeaveOut() => Interlocked.Increment(ref _leftOut);

    internal void Keep() => Interlocked.Increment(ref _kept);

    internal void Advance(string archive, long packed)
    {
        var done = Interlocked.Add(ref _done, packed);
        var told = Interlocked.Read(ref _told);
        if (done - told >= Step && Interlocked.CompareExchange(ref _told, done, told) == told)
            run.Progress.Report(new StageProgress(done, total, "bytes", archive));
    }

    /// <exception cref="ArchiveException">The archive has nothing that was asked for.</exception>
    internal void RequireAny(string archive, ExtractSettings settings)
    {
        if (!_taken.ContainsKey(archive))
            throw new ArchiveException($"{archive}: holds no file that matches {string.Join(", ", settings.Include)}"
                + (settings.Exclude.Count > 0 ? $" and not {string.Join(", ", settings.Exclude)}" : ""));
    }

    internal void WriteMetrics()
    {
        run.Metric("files", _taken.Values.Sum());
        run.Metric("bytes", _bytes);
        run.Metric("entries left out", _leftOut);
        if (_kept == 0)
            return;
        run.Metric("files kept", _kept);
        run.Log($"{_kept} files were there already, from a run that was interrupted");
    }
}
