using System.Net.Sockets;
using System.Text;

namespace Tmrvc.Support;

/// <summary>Writes one answer, with what goes wrong in it.</summary>
internal sealed class FileAnswer(NetworkStream stream, Socket client, FaultyFileServer server)
{
    private const int Piece = 64 * 1024;

    internal async Task RefuseAsync(int status, string? retryAfter, CancellationToken end) =>
        await WriteHeadAsync($"{status} Refused", ["Content-Length: 0", .. retryAfter is null ? [] : new[] { $"Retry-After: {retryAfter}" }], end);

    internal async Task SendAsync(ServedFile file, FileFault? fault, CancellationToken end)
    {
        string[] length = server.GivesLengths ? [$"Content-Length: {file.Length}"] : [];
        await WriteHeadAsync("200 OK", [.. length, .. Facts(file)], end);
        await WriteBodyAsync(file, 0, file.Length, fault, end);
    }

    /// <param name="to">Last byte.</param>
    internal async Task SendPartAsync(ServedFile file, long from, long to, FileFault? fault, CancellationToken end)
    {
        if (fault is FileFault.OtherPart)
            from = Math.Max(0, from - 1) == from ? from + 1 : from - 1;
        await WriteHeadAsync(
            "206 Partial Content",
            [$"Content-Length: {to - from + 1}", $"Content-Range: bytes {from}-{to}/{file.Length}", .. Facts(file)], end);
        await WriteBodyAsync(file, from, to + 1, fault, end);
    }

    private IEnumerable<string> Facts(ServedFile file)
    {
        if (server.GivesTags)
            yield return $"ETag: {file.Tag}";
        if (server.GivesTimes)
            yield return $"Last-Modified: {file.Modified}";
    }

    private async Task WriteHeadAsync(string status, IEnumerable<string> headers, CancellationToken end)
    {
        var lines = headers.Prepend($"HTTP/1.1 {status}").Append("Connection: close").Append("").Append("");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), end);
    }

    private async Task WriteBodyAsync(ServedFile file, long from, long to, FileFault? fault, CancellationToken end)
    {
        var stop = fault switch
        {
            FileFault.Reset(var where) => At(where),
            FileFault.CutShort(var where) => At(where),
            FileFault.Stall(var where) => At(where),
            _ => to,
        };
        await SendBytesAsync(file, from, stop, fault is FileFault.FlippedBit flipped ? Math.Min(At(flipped.Where), to - 1) : -1, end);
        if (fault is FileFault.Stall)
            await Task.Delay(Timeout.Infinite, end);
        if (fault is FileFault.Reset)
            client.LingerState = new LingerOption(true, 0);
        else
            client.Shutdown(SocketShutdown.Send);

        long At(double share) => from + (long)((to - from) * share);
    }

    private async Task SendBytesAsync(ServedFile file, long from, long to, long flipped, CancellationToken end)
    {
        using var handle = File.OpenHandle(file.Path);
        var buffer = new byte[Math.Min(Piece, to - from)];
        for (int read; from < to; from += read)
        {
            read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - from)), from);
            if (flipped >= from && flipped < from + read)
                buffer[flipped - from] ^= (byte)(1 << (int)(flipped % 8));
            await stream.WriteAsync(buffer.AsMemory(0, read), end);
            server.Sent(read);
        }
    }
}
