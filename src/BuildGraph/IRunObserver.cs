using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Watches a run. Calls come one at a time, from any thread, and hold up the run: return soon. An exception from an observer ends
/// the run as a defect of the observer's.
/// </summary>
public interface IRunObserver
{
    /// <param name="reason">Why, in words for people.</param>
    void StateChanged(StageId stage, StageState state, string reason);

    void Progressed(StageId stage, StageProgress progress);

    /// <summary>
    /// Content of the stage's travels from or to the shared store; an upload goes on after the stage has settled. Bytes equal to the
    /// total end it; a total of 0 does when it did not arrive.
    /// </summary>
    void Transferring(StageId stage, TransferDirection direction, TransferProgress progress);

    /// <summary>A line of the stage's log, or a warning of the engine's about the stage.</summary>
    void Logged(StageId stage, string line);
}

/// <summary>Watches and says nothing.</summary>
public sealed class SilentObserver : IRunObserver
{
    public void StateChanged(StageId stage, StageState state, string reason) { }

    public void Progressed(StageId stage, StageProgress progress) { }

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress) { }

    public void Logged(StageId stage, string line) { }
}
