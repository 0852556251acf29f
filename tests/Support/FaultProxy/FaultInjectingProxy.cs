using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tmrvc.FaultProxy;

/// <summary>
/// Stands between clients and an HTTP server on this machine, and lets go wrong what its plan says. Bodies pass through memory, so it
/// is for tests with small ones. Safe for several threads.
/// </summary>
public sealed class FaultInjectingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<ProxiedRequest> _requests = [];
    private readonly ConcurrentQueue<InjectedFault> _injected = [];
    private readonly ConcurrentDictionary<string, int> _occurrences = [];
    private readonly ConcurrentDictionary<Task, bool> _connections = [];
    private readonly Task _accepting;

    /// <param name="upstream">http and loopback.</param>
    public FaultInjectingProxy(Uri upstream, FaultPlan? plan = null)
    {
        (Upstream, Plan) = (upstream, plan ?? FaultPlans.None);
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public Uri Upstream { get; }

    public Uri Address { get; }

    /// <summary>May be replaced at any time.</summary>
    public FaultPlan Plan { get; set; }

    /// <summary>Waited for before a request goes any further. May be replaced at any time.</summary>
    public Func<ProxiedRequest, Task> HoldUp { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<ProxiedRequest> Requests => [.. _requests];

    /// <summary>What clients were shown, not merely what was planned.</summary>
    public IReadOnlyList<InjectedFault> Injected => [.. _injected];

    /// <summary>How many requests there were of each <see cref="ProxiedRequest.Kind"/>.</summary>
    public IReadOnlyDictionary<string, int> Counts => _requests.CountBy(request => request.Kind).ToDictionary();

    public void Forget()
    {
        _requests.Clear();
        _injected.Clear();
    }

    /// <summary>Resets every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _end.Dispose();
    }

    internal ProxiedRequest Note(HttpMessage request)
    {
        var target = new Uri(Address, request.StartLine.Split(' ')[1]);
        var query = target.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).Where(pair => pair[0] is "comp" or "restype");
        var operation = string.Join(' ', query.OrderByDescending(pair => pair[0]).Select(pair => pair[1]));
        var path = string.Concat(target.Segments.Skip(2));
        var method = request.StartLine.Split(' ')[0];
        var occurrence = _occurrences.AddOrUpdate($"{method} {path} {operation}", 0, (_, count) => count + 1);
        var noted = new ProxiedRequest(method, path, operation, occurrence, request.Body.Length);
        _requests.Enqueue(noted);
        return noted;
    }

    internal void Inject(Fault fault, ProxiedRequest request) => _injected.Enqueue(new InjectedFault(fault, request.ToString()));

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                client.NoDelay = true;
                var connection = Task.Run(() => new ProxiedConnection(client, this).ServeAsync(_end.Token));
                _connections[connection] = true;
                _ = connection.ContinueWith(ended => _connections.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }
}
