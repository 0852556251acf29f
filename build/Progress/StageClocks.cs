using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>What both ways of showing a run share: when each stage started, how fast it goes, and the words for its changes.</summary>
internal sealed class StageClocks(TimeProvider clock)
{
    private readonly Dictionary<StageId, long> _started = [];
    private readonly Dictionary<StageId, ProgressMeter> _meters = [];
    private readonly Dictionary<(StageId, TransferDirection), (long Since, ProgressMeter Meter)> _transfers = [];

    /// <summary>The line for a change of state; null when it deserves none.</summary>
    public string? Line(StageId stage, StageState state, string reason)
    {
        if (state == StageState.Running)
            _started[stage] = clock.GetTimestamp();
        return state switch
        {
            StageState.Running => $"[{stage}] runs: {reason}",
            StageState.Restoring => $"[{stage}] restores: {reason}",
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

    /// <summary>How far content on its way to or from the cache is; at the end, what it came to.</summary>
    public string Transfer(StageId stage, TransferDirection direction, TransferProgress progress)
    {
        var isUpload = direction == TransferDirection.Upload;
        if (!_transfers.TryGetValue((stage, direction), out var transfer))
            _transfers[(stage, direction)] = transfer = (clock.GetTimestamp(), new ProgressMeter(clock));
        var text = transfer.Meter.Describe(new StageProgress(progress.Bytes, progress.Total, "bytes"));
        if (progress.Bytes < progress.Total)
            return $"{(isUpload ? "pushing" : "fetching")} {text}";
        _transfers.Remove((stage, direction));
        var took = clock.GetElapsedTime(transfer.Since);
        var rate = took > TimeSpan.Zero ? $", {Quantity.Bytes((long)(progress.Total / took.TotalSeconds))}/s" : "";
        return $"{(isUpload ? "pushed" : "fetched")} {Quantity.Bytes(progress.Total)}{rate}";
    }
}
