using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

/// <summary>Sees the requests that a store sends, and may hold one back by throwing.</summary>
internal sealed class RequestLog(Action<HttpRequestMessage>? before = null) : DelegatingHandler(new SocketsHttpHandler())
{
    public ConcurrentQueue<(string Method, string Query, string Path)> Requests { get; } = [];

    public int Count(string method, string folder, string query = "") => Requests.Count(request =>
        request.Method == method && request.Path.Contains($"/v1/{folder}/") && request.Query.Contains(query));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        before?.Invoke(request);
        Requests.Enqueue((request.Method.Method, request.RequestUri!.Query, request.RequestUri.AbsolutePath));
        return base.SendAsync(request, cancellationToken);
    }
}
