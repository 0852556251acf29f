using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>What both ways of showing a run share: when each stage started, how fast it goes, and the words for its changes.</summary>
internal sealed class StageClocks(TimeProvider clock)
{
    private readonly Dictionary<StageId, long> _started = [];
    private readonly Dictionary<StageId, ProgressMeter> _meters = [];

    /// <summary>The line for a change of state; null when it deserves none.</summary>
    public string? Line(StageId stage, StageState state, string reason)
    {
        if (state == StageState.Running)
            _started[stage] = clock.GetTimestamp();
        return state switch
        {
            StageState.Running => $"[{stage}] runs: {reason}",
            StageState.Restored => $"[{stage}] restored",
            StageState.Ran => $"[{stage}] done in {Quantity.Time(clock.GetElapsedTime(_started[stage]))}",
            StageState.Rejected => $"[{stage}] {reason}",
            StageState.Failed => $"[{stage}] failed: {reason}",
            _ => null,
        };
    }

    public string Progress(StageId stage, StageProgress progress)
    {
        if (!_meters.TryGetValue(stage, out var meter))
            _meters[stage] = meter = new ProgressMeter(clock);
        return meter.Describe(progress);
    }
}
