namespace Tmrvc.Corpora;

/// <summary>Counts what a compressed stream unpacks to, skipped entries included, and stops where that is too much.</summary>
/// <param name="packed">The compressed file, whose position tells the progress.</param>
internal sealed class BoundedInflate(InflatedAhead inner, FileStream packed, string archive, IEntrySink sink) : Stream
{
    private long _unpacked, _told;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _unpacked; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _unpacked += read;
        sink.RequireBounded(archive, _unpacked, packed.Length);
        sink.Advance(archive, packed.Position - _told);
        _told = packed.Position;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
