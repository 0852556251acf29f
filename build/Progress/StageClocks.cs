using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>What both ways of showing a run share: when each stage started, how fast it goes, and the words for its changes.</summary>
internal sealed class StageClocks(TimeProvider clock)
{
    private readonly Dictionary<StageId, long> _started = [];
    private readonly Dictionary<StageId, ProgressMeter> _meters = [];
    private readonly Dictionary<StageId, TransferMeter> _uploads = [], _downloads = [];

    /// <summary>The line for a change of state; null when it deserves none.</summary>
    public string? Line(StageId stage, StageState state, string reason)
    {
        if (state == StageState.Running)
            _started[stage] = clock.GetTimestamp();
        return state switch
        {
            StageState.Running => $"[{stage}] runs: {ShortHashes.In(reason)}",
            StageState.Restoring => $"[{stage}] restores: {ShortHashes.In(reason)}",
            StageState.Restored => $"[{stage}] restored",
            StageState.Ran => $"[{stage}] done in {Quantity.Time(clock.GetElapsedTime(_started[stage]))}",
            StageState.Rejected => $"[{stage}] {reason}",
            StageState.Failed => $"[{stage}] failed: {WithoutName(stage, reason)}",
            _ => null,
        };
    }

    public string Progress(StageId stage, StageProgress progress) => Meter(stage).Describe(progress);

    /// <summary>Time left and rate first.</summary>
    public string ProgressInShort(StageId stage, StageProgress progress) => Meter(stage).DescribeInShort(progress);

    /// <summary>How far content on its way to or from the cache is; at the end, what it came to; null when it did not arrive.</summary>
    public string? Transfer(StageId stage, TransferDirection direction, TransferProgress progress)
    {
        var meters = direction == TransferDirection.Upload ? _uploads : _downloads;
        if (!meters.TryGetValue(stage, out var meter))
            meters[stage] = meter = new TransferMeter(direction, clock);
        if (progress.Bytes >= progress.Total)
            meters.Remove(stage);
        return progress.Total == 0 ? null : meter.Describe(progress);
    }

    private ProgressMeter Meter(StageId stage)
    {
        if (!_meters.TryGetValue(stage, out var meter))
            _meters[stage] = meter = new ProgressMeter(clock);
        return meter;
    }

    /// <summary>Reasons stand alone in records; here the line begins with the name.</summary>
    private static string WithoutName(StageId stage, string reason) =>
        reason.StartsWith($"Stage {stage}: ", StringComparison.Ordinal) ? reason[$"Stage {stage}: ".Length..] : reason;
}
