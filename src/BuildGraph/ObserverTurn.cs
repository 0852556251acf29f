using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Lets an observer see one thing at a time.</summary>
internal sealed class ObserverTurn(IRunObserver observer)
{
    private readonly Lock _turn = new();

    public void Observe(Action<IRunObserver> see)
    {
        lock (_turn)
            see(observer);
    }

    public void Log(StageId stage, string line) => Observe(watcher => watcher.Logged(stage, line));

    /// <summary>Shows content on its way until it is disposed of, which ends what did not arrive.</summary>
    public TransferReport Transfer(StageId stage, TransferDirection direction) => new(this, stage, direction);
}

/// <summary>Tells an observer how far the content of a stage is on its way.</summary>
internal sealed class TransferReport(ObserverTurn turn, StageId stage, TransferDirection direction) : IProgress<TransferProgress>, IDisposable
{
    private bool _isUnderWay;
    private long _earlier, _latest;

    /// <summary>Bytes of content that were moved so far, in as many rounds as it took.</summary>
    public long Travelled => _earlier + _latest;

    public void Report(TransferProgress value) => turn.Observe(watcher =>
    {
        _isUnderWay = value.Bytes < value.Total;
        var begins = value.Bytes == 0;
        (_earlier, _latest) = begins ? (Travelled, 0) : (_earlier, Math.Max(_latest, value.Travelled));
        watcher.Transferring(stage, direction, value);
    });

    public void Dispose()
    {
        if (_isUnderWay)
            Report(default);
    }
}
