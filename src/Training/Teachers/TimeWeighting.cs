using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>How much x̂0 counts by its time, in losses on what is heard.</summary>
public enum TimeWeighting
{
    /// <summary>The same at every time.</summary>
    Even,

    /// <summary>1 − t: the nearer to noise, the more x̂0 is a mean of all that could be, which no vocoder or encoder has heard.</summary>
    Falling,
}

internal static class TimeWeights
{
    /// <summary>
    /// What each utterance's cost is multiplied by before they are added: its weight, over what a weight is on average and over the utterances that
    /// count. No share depends on the times of others, so micro-batches of one come to the same as a batch of them.
    /// </summary>
    /// <param name="time">[B], in [0, 1], symmetrical about ½.</param>
    /// <param name="counting">[B], 1 for utterances that count and 0 for others; null when all do.</param>
    /// <returns>[B], 0 or more; all 0 where none counts.</returns>
    public static Tensor Shares(this TimeWeighting weighting, Tensor time, Tensor? counting = null)
    {
        var counted = counting ?? ones_like(time);
        return weighting.At(time) * counted / (weighting.Average() * counted.sum().clamp_min(1));
    }

    private static Tensor At(this TimeWeighting weighting, Tensor time) => weighting == TimeWeighting.Falling ? 1 - time : ones_like(time);

    private static double Average(this TimeWeighting weighting) => weighting == TimeWeighting.Falling ? 0.5 : 1;
}
