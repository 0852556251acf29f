using System.Net.Sockets;

namespace Tmrvc.FaultProxy;

/// <summary>One client's connection: request after request, until a fault or the client ends it.</summary>
internal sealed class ProxiedConnection
{
    private const int TricklePieces = 32;

    private static readonly TimeSpan TricklePause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestStall = TimeSpan.FromMinutes(1);

    private readonly Socket _client;
    private readonly FaultInjectingProxy _proxy;
    private readonly NetworkStream _stream;
    private readonly HttpStream _incoming;
    private readonly UpstreamServer _server;

    public ProxiedConnection(Socket client, FaultInjectingProxy proxy)
    {
        (_client, _proxy, _server) = (client, proxy, new UpstreamServer(proxy.Upstream.Port));
        _stream = new NetworkStream(client);
        _incoming = new HttpStream(_stream);
    }

    public async Task ServeAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _incoming.ReadAsync(hasBody: true, InviteBodyAsync, cancellation) is { } request)
                if (!await AnswerAsync(request.With("Expect", null), cancellation))
                    break;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client or the server has gone: so does the connection.
        }
        finally
        {
            _client.LingerState = new LingerOption(true, 0);
            _client.Close();
        }
    }

    private async Task InviteBodyAsync(HttpMessage head)
    {
        if (head["Expect"] is not null)
            await _stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> AnswerAsync(HttpMessage request, CancellationToken cancellation)
    {
        var noted = _proxy.Note(request);
        await _proxy.HoldUp(noted).WaitAsync(cancellation);
        var fault = _proxy.Plan(noted);
        var course = fault is null ? Course.Undisturbed : Course.Of(fault.Kind);
        if (course.NeedsRequestBody && request.Body.Length == 0)
            course = Course.Undisturbed;
        var answer = await AskAsync(course, fault, request, cancellation);
        if (course.NeedsAnswerBody && answer is not { Body.Length: > 0, Status: >= 200 and < 300 })
            course = Course.Undisturbed;
        if (course != Course.Undisturbed)
            _proxy.Inject(fault!, noted);
        await WriteAsync(course, fault, course.Client == ToClient.Error ? Answers.For(fault!, request) : answer, cancellation);
        return await EndAsync(course.Ending, cancellation);
    }

    /// <returns>Null when the server got no whole request.</returns>
    private async Task<HttpMessage?> AskAsync(Course course, Fault? fault, HttpMessage request, CancellationToken cancellation)
    {
        if (course.Server == ToServer.Part)
            await _server.AskInPartAsync(request, fault!.Cut(request.Body), cancellation);
        return course.Server switch
        {
            ToServer.All => await _server.AskAsync(request, cancellation),
            ToServer.Flipped => await _server.AskAsync(request with { Body = fault!.Flip(request.Body) }, cancellation),
            _ => null,
        };
    }

    private async Task WriteAsync(Course course, Fault? fault, HttpMessage? answer, CancellationToken cancellation)
    {
        if (answer is null || course.Client == ToClient.Nothing)
            return;
        answer = course.Client switch
        {
            ToClient.Part => answer with { Body = answer.Body[..fault!.Cut(answer.Body)] },
            ToClient.Shortened => answer.WithBody(answer.Body[..fault!.Cut(answer.Body)]),
            ToClient.Flipped => answer with { Body = fault!.Flip(answer.Body) },
            _ => answer,
        };
        await _stream.WriteAsync(answer.HeadBytes(), cancellation);
        foreach (var piece in answer.Body.Chunk(course.Client == ToClient.Slowly ? answer.Body.Length / TricklePieces + 1 : int.MaxValue))
        {
            await _stream.WriteAsync(piece, cancellation);
            if (course.Client == ToClient.Slowly)
                await Task.Delay(TricklePause, cancellation);
        }
    }

    private async Task<bool> EndAsync(Ending ending, CancellationToken cancellation)
    {
        if (ending == Ending.Close)
            _client.Shutdown(SocketShutdown.Send);
        if (ending is Ending.Close or Ending.Stall)
            await Task.WhenAny(_incoming.ReadToEndAsync(cancellation), Task.Delay(LongestStall, cancellation));
        return ending == Ending.None;
    }
}
