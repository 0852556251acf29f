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

    public IProgress<TransferProgress> Transfer(StageId stage, TransferDirection direction) => new Reporter(this, stage, direction);

    private sealed class Reporter(ObserverTurn turn, StageId stage, TransferDirection direction) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => turn.Observe(watcher => watcher.Transferring(stage, direction, value));
    }
}
