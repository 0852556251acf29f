using System.Globalization;
using System.Text;

namespace Tmrvc.FaultProxy;

/// <summary>Reads messages from a connection.</summary>
internal sealed class HttpStream(Stream stream)
{
    private readonly BufferedStream _buffered = new(stream, 1 << 16);

    /// <returns>Null when the connection ends before a message.</returns>
    /// <exception cref="IOException">It ends within one.</exception>
    public async Task<HttpMessage?> ReadAsync(bool hasBody, Func<HttpMessage, Task> onHead, CancellationToken cancellation)
    {
        var start = await ReadLineAsync(cancellation);
        if (start is null)
            return null;
        var fields = new List<KeyValuePair<string, string>>();
        while (await ReadLineAsync(cancellation) is { Length: > 0 } line)
            fields.Add(new(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim()));
        var head = new HttpMessage(start, fields, []);
        await onHead(head);
        if (!hasBody)
            return head;
        if (head["Transfer-Encoding"] is not null)
            return head.WithBody(await ReadChunksAsync(cancellation));
        return head["Content-Length"] is { } length
            ? head with { Body = await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellation) }
            : head;
    }

    /// <summary>Comes back when the other side has closed the connection.</summary>
    public async Task ReadToEndAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _buffered.ReadAsync(new byte[1], cancellation) > 0) { }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        int length;
        do
        {
            var line = await ReadLineAsync(cancellation) ?? throw new EndOfStreamException();
            length = int.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadExactlyAsync(length, cancellation));
            await ReadLineAsync(cancellation);
        } while (length > 0);
        return body.ToArray();
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellation)
    {
        var bytes = new byte[length];
        await _buffered.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await _buffered.ReadAsync(one, cancellation) > 0)
        {
            if (one[0] == '\n')
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return line.Count == 0 ? null : throw new EndOfStreamException();
    }
}
