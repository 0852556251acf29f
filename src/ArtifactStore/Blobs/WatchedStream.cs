using System.Runtime.InteropServices;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>A body to be sent, each read of which shows that the try moves on.</summary>
internal sealed class WatchedStream : MemoryStream
{
    private readonly Attempt _attempt;

    public WatchedStream(ReadOnlyMemory<byte> body, Attempt attempt) : this(Array(body), attempt) { }

    private WatchedStream(ArraySegment<byte> body, Attempt attempt) : base(body.Array!, body.Offset, body.Count, writable: false) =>
        _attempt = attempt;

    public override int Read(byte[] buffer, int offset, int count)
    {
        _attempt.Moved();
        return base.Read(buffer, offset, count);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _attempt.Moved();
        return base.ReadAsync(buffer, cancellationToken);
    }

    private static ArraySegment<byte> Array(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
}
