using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Tmrvc.Corpora;

/// <summary>Brings one part of a file; keeps its place between attempts.</summary>
internal sealed class PartFetch(RemoteSource source, PartJournal journal, int part, SafeFileHandle file, FileMeter meter)
{
    private const int BufferLength = 128 * 1024;

    // A connection that brought this much before it broke was worth it: the next one is no further attempt.
    private const int Worthwhile = 64 * 1024;

    private readonly long _end = journal.EndOf(part);
    private long _at = journal.StartOf(part);

    internal bool IsComplete => _at == _end;

    /// <summary>Goes on until the part is complete or the connection ends.</summary>
    /// <exception cref="TransferException">It brought next to nothing.</exception>
    /// <exception cref="RemoteChangedException">The file at the address is another one now.</exception>
    /// <exception cref="MirrorException">The address is of no use.</exception>
    internal async Task ContinueAsync(CancellationToken cancellation)
    {
        var from = _at;
        try
        {
            using var body = await source.OpenAsync(from, _end, journal.Version, cancellation);
            await WriteAsync(body, cancellation);
        }
        catch (TransferException cause) when (_at - from >= Worthwhile)
        {
            meter.Retry($"{cause.Message}; goes on at byte {_at}");
        }
    }

    /// <summary>Remembers the part as done, once its bytes are on the device.</summary>
    internal void Complete()
    {
        RandomAccess.FlushToDisk(file);
        journal.Complete(part);
    }

    private async Task WriteAsync(GuardedBody body, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (_at < _end)
            {
                var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, _end - _at)), cancellation);
                if (read == 0)
                    throw new TransferException($"the answer ended {_end - _at} bytes early");
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), _at, cancellation);
                _at += read;
                meter.Receive(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
