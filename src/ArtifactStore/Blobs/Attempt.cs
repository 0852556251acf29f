namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>One try of a request: given up when nothing moves for a while.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _patience;

    public Attempt(TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        _patience = patience;
        _stalled = new CancellationTokenSource(patience, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_stalled.Token, cancellation);
    }

    public CancellationToken Token => _either.Token;

    public bool HasStalled => _stalled.IsCancellationRequested;

    /// <summary>Something moved: patience begins anew.</summary>
    public void Moved() => _stalled.CancelAfter(_patience);

    public void Dispose()
    {
        _either.Dispose();
        _stalled.Dispose();
    }
}
