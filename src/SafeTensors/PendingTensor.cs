namespace Tmrvc.SafeTensors;

/// <summary>A tensor whose values are produced when the file is written.</summary>
internal sealed record PendingTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, Action<Stream> Write)
{
    internal long ByteLength { get; } = TensorEntry.BytesOf(Type, Shape);

    internal void WriteTo(Stream stream)
    {
        var counted = new CountingStream(stream);
        Write(counted);
        if (counted.Written != ByteLength)
            throw new InvalidOperationException(
                $"Tensor '{Name}': wrote {counted.Written} bytes, {Type} [{string.Join(", ", Shape)}] takes {ByteLength}.");
    }

    /// <summary>Passes writes on and counts them.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        internal long Written { get; private set; }

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => Written;

        public override long Position
        {
            get => Written;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            Written += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
