namespace Tmrvc.Corpora;

/// <summary>Reads an answer's body; a read that brings nothing for too long is given up.</summary>
internal sealed class GuardedBody(HttpResponseMessage response, TimeSpan stall, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _stalled = new(stall, clock);
    private Stream? _stream;

    /// <returns>0 at the end of the body.</returns>
    /// <exception cref="TransferException">The connection broke or stands still.</exception>
    internal async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        _stalled.CancelAfter(stall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stalled.Token);
        try
        {
            _stream ??= await response.Content.ReadAsStreamAsync(either.Token);
            return await _stream.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TransferException(FormattableString.Invariant($"nothing arrived for {stall.TotalSeconds:0.##} s"));
        }
        catch (Exception cause) when (cause is IOException or HttpRequestException)
        {
            throw new TransferException($"the connection broke: {cause.Message}", cause);
        }
    }

    public void Dispose()
    {
        _stalled.Dispose();
        response.Dispose();
    }
}
