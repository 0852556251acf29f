using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>Measures, for another observer, for how long content was on its way in each direction, however many stages' at once.</summary>
internal sealed class TransferWatch(IRunObserver shown, TimeProvider clock) : IRunObserver
{
    private readonly Dictionary<TransferDirection, TimeSpan> _took = [];
    private readonly Dictionary<TransferDirection, (HashSet<StageId> Stages, long Since)> _busy = [];

    public TimeSpan Took(TransferDirection direction) => _took.GetValueOrDefault(direction);

    public void StateChanged(StageId stage, StageState state, string reason) => shown.StateChanged(stage, state, reason);

    public void Progressed(StageId stage, StageProgress progress) => shown.Progressed(stage, progress);

    public void Logged(StageId stage, string line) => shown.Logged(stage, line);

    public void Transferring(StageId stage, TransferDirection direction, TransferProgress progress)
    {
        if (!_busy.TryGetValue(direction, out var busy) || busy.Stages.Count == 0)
            _busy[direction] = busy = ([], clock.GetTimestamp());
        busy.Stages.Add(stage);
        if (progress.Bytes >= progress.Total && busy.Stages.Remove(stage) && busy.Stages.Count == 0)
            _took[direction] = Took(direction) + clock.GetElapsedTime(busy.Since);
        shown.Transferring(stage, direction, progress);
    }
}
