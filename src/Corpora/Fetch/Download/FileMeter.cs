namespace Tmrvc.Corpora;

/// <summary>What the download of one file has come to. Safe for several threads.</summary>
/// <param name="name">Of the file.</param>
/// <param name="total">Bytes; 0 when not known yet.</param>
internal sealed class FileMeter(string name, long total, DownloadMeter meter)
{
    private long _done, _received, _total = total;
    private int _retries, _restarts;

    internal long Done => Interlocked.Read(ref _done);

    internal long Total => Interlocked.Read(ref _total);

    /// <summary>Bytes that came over the network, those that were of no use included.</summary>
    internal long Received => Interlocked.Read(ref _received);

    internal int Retries => _retries;

    internal int Restarts => _restarts;

    /// <summary>So much is here, so much there will be.</summary>
    internal void Begin(long done, long total)
    {
        Interlocked.Exchange(ref _done, done);
        Interlocked.Exchange(ref _total, total);
        meter.Tell(name);
    }

    internal void Receive(int bytes)
    {
        Interlocked.Add(ref _received, bytes);
        Interlocked.Add(ref _done, bytes);
        meter.Tell(name);
    }

    /// <summary>A request failed and is made again.</summary>
    internal void Retry(string line)
    {
        Interlocked.Increment(ref _retries);
        meter.Log($"{name}: {line}");
    }

    /// <summary>What is here is of no use: the file is brought from its first byte.</summary>
    internal void Restart(string line)
    {
        Interlocked.Increment(ref _restarts);
        Interlocked.Exchange(ref _done, 0);
        meter.Log($"{name}: {line}");
    }

    internal void Note(string line) => meter.Log($"{name}: {line}");

    internal void Check() => meter.Tell($"checking {name}", atOnce: true);
}
