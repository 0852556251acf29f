using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Distribution matching (Yin et al., 2024): a generator's samples go to where a flow that knows the data points to, and away from where one
/// that knows the samples does.
/// </summary>
public static class DistributionMatching
{
    private const double LeastDistance = 1e-6;

    /// <summary>(x̂0 by the samples' flow − x̂0 by the data's) / mean |x − x̂0 by the data's|, the mean over each sample. No gradient passes.</summary>
    /// <param name="sample">x, [B, 80, T]</param>
    /// <param name="byData">x̂0 of a disturbed x, [B, 80, T]</param>
    /// <param name="bySamples">x̂0 of the same, [B, 80, T]</param>
    /// <param name="mask">[B, 1, T], 1 on what counts; null when all does.</param>
    /// <returns>[B, 80, T], what is to be taken from x; 0 where the mask is.</returns>
    public static Tensor Direction(Tensor sample, Tensor byData, Tensor bySamples, Tensor? mask)
    {
        using var _ = no_grad();
        var inside = mask ?? ones_like(sample.narrow(1, 0, 1));
        var values = inside.sum([1L, 2L], keepdim: true).clamp_min(1) * sample.shape[1];
        var distance = ((sample - byData).abs() * inside).sum([1L, 2L], keepdim: true) / values;
        return (bySamples - byData) * inside / distance.clamp_min(LeastDistance);
    }

    /// <summary>½ · mean of the direction's square; its gradient to x is the direction over the number of values that count.</summary>
    /// <param name="sample">x, [B, 80, T]</param>
    /// <param name="mask">[B, 1, T]; null when all counts.</param>
    public static Tensor Loss(Tensor sample, Tensor direction, Tensor? mask) =>
        FlowLoss.MaskedMeanSquare(sample - (sample - direction).detach(), mask) / 2;
}
