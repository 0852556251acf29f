using System.Net;
using System.Net.Sockets;

namespace Tmrvc.FaultProxy;

/// <summary>The server behind the proxy. Each request has a connection of its own.</summary>
internal sealed class UpstreamServer(int port)
{
    /// <exception cref="IOException"/>
    /// <exception cref="SocketException"/>
    public async Task<HttpMessage> AskAsync(HttpMessage request, CancellationToken cancellation)
    {
        using var server = await ConnectAsync(cancellation);
        await using var stream = new NetworkStream(server);
        await stream.WriteAsync(request.HeadBytes(), cancellation);
        await stream.WriteAsync(request.Body, cancellation);
        return await new HttpStream(stream).ReadAsync(hasBody: !request.IsHead, _ => Task.CompletedTask, cancellation)
            ?? throw new EndOfStreamException();
    }

    /// <summary>Breaks off within the body.</summary>
    public async Task AskInPartAsync(HttpMessage request, int length, CancellationToken cancellation)
    {
        var server = await ConnectAsync(cancellation);
        await using var stream = new NetworkStream(server);
        await stream.WriteAsync(request.HeadBytes(), cancellation);
        await stream.WriteAsync(request.Body.AsMemory(0, length), cancellation);
        server.LingerState = new LingerOption(true, 0);
        server.Close();
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await server.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return server;
    }
}
