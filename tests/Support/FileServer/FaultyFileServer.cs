using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tmrvc.Support;

/// <summary>
/// Serves files over HTTP on this machine, in parts where asked, and lets go wrong what its plan says. Safe for several threads.
/// </summary>
public sealed class FaultyFileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, ServedFile> _files = new();
    private readonly ConcurrentQueue<FileRequest> _requests = new();
    private readonly ConcurrentDictionary<(string, long?), int> _occurrences = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("served");
    private readonly Task _accepting;
    private int _number = -1, _written;

    public FaultyFileServer(FileFaultPlan? plan = null)
    {
        Plan = plan ?? FileFaultPlans.None;
        _listener.Start();
        Address = $"http://{_listener.LocalEndpoint}/";
        _accepting = AcceptAsync();
    }

    /// <summary>Ends with a slash.</summary>
    public string Address { get; }

    /// <summary>May be replaced at any time.</summary>
    public FileFaultPlan Plan { get; set; }

    /// <summary>Whether parts are to be had.</summary>
    public bool GivesParts { get; set; } = true;

    /// <summary>Whether answers have an ETag.</summary>
    public bool GivesTags { get; set; } = true;

    /// <summary>Whether answers have a Last-Modified.</summary>
    public bool GivesTimes { get; set; } = true;

    /// <summary>Whether answers with whole files say how long they are.</summary>
    public bool GivesLengths { get; set; } = true;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<FileRequest> Requests => [.. _requests];

    /// <summary>Bytes of bodies sent.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    private long _bytesSent;

    /// <summary>Serves a content under a name; where there is one, clients see that it changed.</summary>
    /// <returns>Its address.</returns>
    public string Serve(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _written)}");
        File.WriteAllBytes(path, content);
        return Serve(name, path);
    }

    /// <summary>Serves a file of this machine, which must stay as it is, under a name.</summary>
    /// <returns>Its address.</returns>
    public string Serve(string name, string path)
    {
        _files.AddOrUpdate(name, new ServedFile(path, 1), (_, before) => new ServedFile(path, before.Version + 1));
        return Address + name;
    }

    /// <summary>Ends every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _end.Dispose();
        _folder.Delete(recursive: true);
    }

    internal ServedFile? Find(string name) => _files.GetValueOrDefault(name);

    internal FileRequest Note(string name, long? from, long? to)
    {
        var occurrence = _occurrences.AddOrUpdate((name, to), 0, (_, count) => count + 1);
        var request = new FileRequest(Interlocked.Increment(ref _number), name, from, to, occurrence);
        _requests.Enqueue(request);
        return request;
    }

    internal void Sent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                var connection = Task.Run(() => new FileConnection(client, this).ServeAsync(_end.Token));
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
