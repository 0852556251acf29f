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

/// <summary>How a stage that runs elsewhere speaks to the observer of the run.</summary>
public sealed class StageVoice
{
    private readonly ObserverTurn _turn;
    private readonly StageId _stage;

    internal StageVoice(ObserverTurn turn, StageId stage) => (_turn, _stage) = (turn, stage);

    public void Log(string line) => _turn.Log(_stage, line);

    public void Progress(StageProgress progress) => _turn.Observe(watcher => watcher.Progressed(_stage, progress));
}
