using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Tmrvc.Support;

/// <summary>One connection with one request and its answer.</summary>
internal sealed partial class FileConnection(Socket client, FaultyFileServer server)
{
    internal async Task ServeAsync(CancellationToken end)
    {
        using (client)
        {
            try
            {
                await using var stream = new NetworkStream(client);
                var request = await ReadHeadAsync(stream, end);
                if (request.Length > 0)
                    await AnswerAsync(stream, request, end);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // The client has gone, or the server goes.
            }
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken end)
    {
        var (buffer, length) = (new byte[16 * 1024], 0);
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), end);
            if (read == 0)
                return "";
            length += read;
        }
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private async Task AnswerAsync(NetworkStream stream, string head, CancellationToken end)
    {
        var name = Uri.UnescapeDataString(head.Split(' ')[1].TrimStart('/'));
        var range = RangeHeader().Match(head);
        var (from, to) = range.Success ? (long.Parse(range.Groups[1].Value), long.Parse(range.Groups[2].Value)) : ((long?)null, (long?)null);
        var fault = server.Plan(server.Note(name, from, to));
        var answer = new FileAnswer(stream, client, server);
        if (server.Find(name) is not { } file)
            await answer.RefuseAsync(404, null, end);
        else if (fault is FileFault.Refusal refusal)
            await answer.RefuseAsync(refusal.Status, refusal.RetryAfter, end);
        else if (from is null || fault is FileFault.IgnoredRange || !server.GivesParts)
            await answer.SendAsync(file, fault, end);
        else if (from >= file.Length)
            await answer.RefuseAsync(416, null, end);
        else
            await answer.SendPartAsync(file, from.Value, Math.Min(to!.Value, file.Length - 1), fault, end);
    }

    [GeneratedRegex(@"^Range: bytes=(\d+)-(\d+)\r$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex RangeHeader();
}
