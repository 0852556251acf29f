using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>Turns the way of one stage's content to or from the cache into words.</summary>
internal sealed class TransferMeter(TransferDirection direction, TimeProvider clock)
{
    private readonly long _since = clock.GetTimestamp();
    private readonly ProgressMeter _meter = new(clock);

    /// <summary>How far it is; at the end, what it came to.</summary>
    public string Describe(TransferProgress progress)
    {
        var isUpload = direction == TransferDirection.Upload;
        return progress.Bytes < progress.Total
            ? $"{(isUpload ? "pushing" : "fetching")} {_meter.Describe(new StageProgress(progress.Bytes, progress.Total, "bytes"))}"
            : $"{(isUpload ? "pushed" : "fetched")} {Quantity.Moved(progress.Total, clock.GetElapsedTime(_since))}";
    }
}
