using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace Tmrvc.Corpora;

/// <summary>Reads a stream on a thread of its own, a few MiB ahead of who reads it from here.</summary>
internal sealed class InflatedAhead : IDisposable
{
    private const int Ahead = 8 << 20, Piece = 128 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: Ahead, resumeWriterThreshold: Ahead / 2,
        minimumSegmentSize: Piece, useSynchronizationContext: false));

    private readonly Stream _stream;
    private readonly Task _reading;
    private Exception? _fault;

    /// <param name="source">Still to be disposed of by the caller, after this.</param>
    internal InflatedAhead(Stream source)
    {
        _stream = _pipe.Reader.AsStream();
        _reading = Task.Factory.StartNew(() => Read(source), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>As <see cref="Stream.Read(Span{byte})"/>; where the source threw, this does, after what came before.</summary>
    internal int Read(Span<byte> buffer)
    {
        var read = _stream.Read(buffer);
        if (read == 0 && !buffer.IsEmpty && _fault is not null)
            ExceptionDispatchInfo.Throw(_fault);
        return read;
    }

    /// <summary>Returns when the source is no longer read.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _reading.Wait();
    }

    private void Read(Stream source)
    {
        try
        {
            while (source.Read(_pipe.Writer.GetSpan(Piece)) is > 0 and var read)
            {
                _pipe.Writer.Advance(read);
                if (_pipe.Writer.FlushAsync().AsTask().GetAwaiter().GetResult().IsCompleted)
                    break;
            }
        }
        catch (Exception cause)
        {
            _fault = cause;
        }
        _pipe.Writer.Complete();
    }
}
