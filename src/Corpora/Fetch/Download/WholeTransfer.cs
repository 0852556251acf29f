using System.Buffers;
using Polly;

namespace Tmrvc.Corpora;

/// <summary>Brings a file in one stream, from a server that gives no parts or from this machine. Each attempt begins at the first byte.</summary>
internal sealed class WholeTransfer(RemoteFile file, PartialFile partial, ResiliencePipeline pipeline, FileMeter meter)
{
    private const int BufferLength = 128 * 1024;

    /// <exception cref="TransferException">Every attempt failed.</exception>
    /// <exception cref="MirrorException">The address is of no use.</exception>
    internal async Task RunAsync(RemoteSource source, CancellationToken cancellation) =>
        await pipeline.ExecuteAsync(async token => await AttemptAsync(source, token), cancellation);

    private async Task AttemptAsync(RemoteSource source, CancellationToken cancellation)
    {
        var (body, length) = await source.OpenWholeAsync(cancellation);
        using (body)
        {
            Begin(length);
            await CopyAsync(body.ReadAsync, cancellation);
        }
    }

    /// <summary>From a file of this machine.</summary>
    /// <exception cref="MirrorException">It is not there, or has another length.</exception>
    internal async Task RunAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous);
            Begin(source.Length);
            await CopyAsync(source.ReadAsync, cancellation);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new MirrorException(cause.Message, cause);
        }
    }

    private void Begin(long? length)
    {
        if (length is { } known && file.Bytes > 0 && known != file.Bytes)
            throw new MirrorException($"has {known} bytes, {file.Bytes} are declared");
        meter.Begin(0, length ?? file.Bytes);
    }

    private async Task CopyAsync(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, CancellationToken cancellation)
    {
        var (buffer, written) = (ArrayPool<byte>.Shared.Rent(BufferLength), 0L);
        try
        {
            await using var target = partial.Create();
            for (int count; (count = await read(buffer, cancellation)) > 0; written += count)
            {
                await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
                meter.Receive(count);
                if (file.Bytes > 0 && written + count > file.Bytes)
                    throw new TransferException($"brought more than the declared {file.Bytes} bytes");
            }
            if (file.Bytes > 0 && written != file.Bytes)
                throw new TransferException($"ended after {written} of {file.Bytes} bytes");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
