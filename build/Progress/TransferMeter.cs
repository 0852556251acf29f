using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>Turns the way of one stage's content to or from the cache into words.</summary>
internal sealed class TransferMeter(TransferDirection direction, TimeProvider clock)
{
    private readonly long _since = clock.GetTimestamp();
    private readonly ProgressMeter _meter = new(clock);

    /// <summary>How far it is; at the end, what it came to.</summary>
    public string Describe(TransferProgress progress) => progress.Bytes < progress.Total ? UnderWay(progress) : Arrived(progress);

    /// <summary>What need not travel is in neither number.</summary>
    private string UnderWay(TransferProgress progress)
    {
        var wasThere = Math.Max(0, progress.Bytes - progress.Travelled);
        var travels = new StageProgress(progress.Travelled, progress.Total - wasThere, "bytes");
        return $"{(direction == TransferDirection.Upload ? "pushing" : "fetching")} {_meter.Describe(travels)}";
    }

    private string Arrived(TransferProgress progress)
    {
        var (moved, there) = direction == TransferDirection.Upload ? ("pushed", "there") : ("fetched", "here");
        var rest = progress.Total - progress.Travelled;
        if (progress.Travelled == 0)
            return $"{Quantity.Bytes(progress.Total)} already {there}";
        var text = $"{moved} {Quantity.Moved(progress.Travelled, clock.GetElapsedTime(_since))}";
        return rest > 0 ? $"{text}, {Quantity.Bytes(rest)} already {there}" : text;
    }
}
