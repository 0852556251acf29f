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
    /// <param name="time">[B], in [0, 1].</param>
    /// <returns>[B], in [0, 1].</returns>
    public static Tensor At(this TimeWeighting weighting, Tensor time) => weighting == TimeWeighting.Falling ? 1 - time : ones_like(time);

    /// <summary>The mean of what each utterance costs; 0 where none has a weight.</summary>
    /// <param name="costs">[B].</param>
    /// <param name="weights">[B], 0 or more.</param>
    public static Tensor Mean(Tensor costs, Tensor weights) => (costs * weights).sum() / weights.sum().clamp_min(1e-6);
}
