using System.Collections.Concurrent;

namespace Tmrvc.BuildGraph.Tests.Support;

/// <summary>Passes requests on, remembers them as METHOD FOLDER, and can hold some back.</summary>
internal sealed class RequestLog() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<string> _seen = [];

    /// <summary>Such as <c>GET records</c>.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>Awaited before each request; given its words.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public void Forget() => _seen.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var parts = request.RequestUri!.AbsolutePath.Split('/');
        var words = $"{request.Method} {parts[Math.Max(0, parts.Length - 2)]}";
        _seen.Enqueue(words);
        await Before(words);
        return await base.SendAsync(request, cancellationToken);
    }
}
