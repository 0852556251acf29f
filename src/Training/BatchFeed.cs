using System.Collections.Concurrent;

namespace Tmrvc.Training;

/// <summary>Makes micro-batches on a thread of its own, a few ahead, in order. An error there is thrown by <see cref="Next"/>.</summary>
internal sealed class BatchFeed<TBatch> : IDisposable
{
    private readonly BlockingCollection<Func<TBatch>> _ready;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _maker;
    private readonly TimeProvider _clock;

    public BatchFeed(Func<long, TBatch> make, IEnumerable<long> indices, int ahead, TimeProvider clock)
    {
        _ready = new BlockingCollection<Func<TBatch>>(Math.Max(1, ahead));
        _clock = clock;
        _maker = new Thread(() => Make(make, indices)) { IsBackground = true, Name = "batch feed" };
        _maker.Start();
    }

    /// <summary>Time that <see cref="Next"/> has spent waiting.</summary>
    public TimeSpan Waited { get; private set; }

    public TBatch Next()
    {
        var start = _clock.GetTimestamp();
        var batch = _ready.Take();
        Waited += _clock.GetElapsedTime(start);
        return batch();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _maker.Join();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Make(Func<long, TBatch> make, IEnumerable<long> indices)
    {
        try
        {
            foreach (var index in indices) _ready.Add(Attempt(make, index), _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The run was stopped while the feed was full.
        }
        _ready.CompleteAdding();
    }

    private static Func<TBatch> Attempt(Func<long, TBatch> make, long index)
    {
        try
        {
            var batch = make(index);
            return () => batch;
        }
        catch (Exception e)
        {
            return () => throw new InvalidOperationException($"Batch {index} could not be made: {e.Message}", e);
        }
    }
}
