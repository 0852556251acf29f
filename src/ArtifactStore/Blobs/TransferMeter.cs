namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Adds up what has been moved, from several threads, and tells it now and then.</summary>
internal sealed class TransferMeter(long total, IProgress<TransferProgress>? progress)
{
    private const long Step = 1 << 20;

    private long _moved, _told;

    public void Add(long bytes)
    {
        var moved = Interlocked.Add(ref _moved, bytes);
        var told = Interlocked.Read(ref _told);
        if (moved - told >= Step && Interlocked.CompareExchange(ref _told, moved, told) == told)
            progress?.Report(new TransferProgress(Math.Min(moved, total), total));
    }

    /// <summary>Everything is there; what a set names twice was moved once.</summary>
    public void Finish() => progress?.Report(new TransferProgress(total, total));
}
