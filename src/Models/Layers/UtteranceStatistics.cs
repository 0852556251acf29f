using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Means over the valid frames of an utterance.</summary>
internal static class UtteranceStatistics
{
    private const double Floor = 1e-6;

    /// <summary>x [B, C, T], mask [B, 1, T] or null → [B, C, 1]</summary>
    public static Tensor Mean(Tensor x, Tensor? mask) =>
        mask is null ? x.mean([2], keepdim: true) : (x * mask).sum(2, keepdim: true) / mask.sum(2, keepdim: true);

    /// <summary>Mean and deviation under weights that sum to one over time. x [B, C, T], weights [B, C, T] → two of [B, C, 1]</summary>
    public static (Tensor Mean, Tensor Deviation) Weighted(Tensor x, Tensor weights)
    {
        var mean = (weights * x).sum(2, keepdim: true);
        var variance = (weights * (x - mean).square()).sum(2, keepdim: true);
        return (mean, (variance + Floor).sqrt());
    }
}
