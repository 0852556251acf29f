namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// Adds up what has been moved and what was there already, from several threads, and tells it now and then; beginning and end
/// are told once each.
/// </summary>
internal sealed class TransferMeter(long total, IProgress<TransferProgress>? progress)
{
    private const long Step = 1 << 20;

    private long _travelled, _done, _told;

    public void Begin() => progress?.Report(new TransferProgress(0, total, 0));

    public void Moved(long bytes)
    {
        Interlocked.Add(ref _travelled, bytes);
        Done(bytes);
    }

    public void WasThere(long bytes) => Done(bytes);

    /// <summary>Everything is there; what a set names twice was moved once.</summary>
    public void Finish() => progress?.Report(new TransferProgress(total, total, Interlocked.Read(ref _travelled)));

    private void Done(long bytes)
    {
        var done = Interlocked.Add(ref _done, bytes);
        var told = Interlocked.Read(ref _told);
        if (done - told >= Step && done < total && Interlocked.CompareExchange(ref _told, done, told) == told)
            progress?.Report(new TransferProgress(done, total, Interlocked.Read(ref _travelled)));
    }
}
