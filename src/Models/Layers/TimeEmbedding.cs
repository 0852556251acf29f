using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

internal static class TimeEmbedding
{
    private const double SlowestPeriod = 10_000;

    /// <summary>Sines then cosines of t at rates falling geometrically from 1 to 1 / 10,000 (Vaswani et al., 2017). [B] → [B, dimension]</summary>
    public static Tensor Sinusoidal(Tensor time, int dimension)
    {
        var half = dimension / 2;
        var exponents = arange(half, dtype: time.dtype, device: time.device) * (-Math.Log(SlowestPeriod) / (half - 1));
        var angles = time.unsqueeze(1) * exponents.exp(); // [B, dimension / 2]
        return cat([angles.sin(), angles.cos()], 1);
    }
}
