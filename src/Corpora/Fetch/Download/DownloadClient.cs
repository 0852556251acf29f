using System.Net;

namespace Tmrvc.Corpora;

/// <summary>The HTTP client of downloads.</summary>
public static class DownloadClient
{
    private const string Agent = "tmrvc/1.0";

    /// <summary>Follows redirections; no time limit of its own, because a download guards each read; bodies arrive as they are stored.</summary>
    public static HttpClient Create()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(30),
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseCookies = false,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(Agent);
        return client;
    }
}
