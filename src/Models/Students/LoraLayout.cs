using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Where a delta vector holds what it adds to the converter's first modulations (LoRA, Hu et al., 2021): for each of the layers A [216, 4]
/// and then B [4, 768], row by row; the rest is padding. A layer then computes W·c + b + alpha/rank · (c·A)·B.
/// </summary>
public sealed record LoraLayout
{
    public int Rank { get; init; } = 4;

    public double Alpha { get; init; } = 8;

    public int Layers { get; init; } = 4;

    /// <summary>Floats of the whole vector.</summary>
    public int Length { get; init; } = 24576;

    public double Scale => Alpha / Rank;

    /// <summary>Floats of one layer's A and B.</summary>
    public int LayerLength(int condition, int channels) => Rank * (condition + 2 * channels);

    /// <summary>What one layer's modulation gains.</summary>
    /// <param name="delta">[B, 24576]</param>
    /// <param name="condition">[B, 216]</param>
    /// <param name="channels">Of what is modulated.</param>
    /// <returns>γ then β, [B, 2·C]</returns>
    internal Tensor Gain(Tensor delta, int layer, Tensor condition, int channels)
    {
        var (rows, batch) = (condition.shape[1], condition.shape[0]);
        var first = layer * (long)LayerLength((int)rows, channels);
        var down = delta.narrow(1, first, rows * Rank).reshape(batch, rows, Rank);
        var up = delta.narrow(1, first + rows * Rank, 2L * channels * Rank).reshape(batch, Rank, 2 * channels);
        return condition.unsqueeze(1).matmul(down).matmul(up).squeeze(1) * Scale;
    }
}
