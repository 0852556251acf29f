using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Has stages run outside of this process, over the same checkout. It decides nothing about staleness: it is given stages whose inputs
/// are in place, and whoever does the work takes the leases of the key, publishes and records, as any run does. Safe for several threads.
/// </summary>
public interface IStageExecutor
{
    /// <summary>Whether the stage goes there; the others run in this process.</summary>
    bool Takes(Stage stage);

    /// <summary>Returns when the work has ended, also when it was under way before. Cancelling ends the work, which may save first.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of it is at work any more, or it could not be told.</exception>
    Task<StageJobEnd> RunAsync(StageJob job, StageVoice voice, CancellationToken cancellation);
}

/// <summary>One stage under one key, to be run elsewhere.</summary>
/// <param name="IsForced">It is to run although a result may be recorded.</param>
public sealed record StageJob(Stage Stage, ContentHash Key, bool IsForced);

/// <param name="State">A settled state. The record counts more than this: a stage that has one has been run.</param>
/// <param name="Reason">For people.</param>
public sealed record StageJobEnd(StageState State, string Reason);

/// <summary>How a stage that runs elsewhere speaks to the run. Safe for several threads.</summary>
public sealed class StageVoice
{
    private readonly ObserverTurn _turn;
    private readonly StageId _stage;
    private readonly Meter _meter;

    internal StageVoice(ObserverTurn turn, StageId stage, Meter meter) => (_turn, _stage, _meter) = (turn, stage, meter);

    /// <summary>It has a machine, so what it takes counts from now; may be said again.</summary>
    public void Started() => _meter.Start();

    /// <summary>It has none, or not any more; what it waits does not count.</summary>
    public void Stopped() => _meter.Stop();

    public void Log(string line) => _turn.Log(_stage, line);

    public void Progress(StageProgress progress) => _turn.Observe(watcher => watcher.Progressed(_stage, progress));
}
