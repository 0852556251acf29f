using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>F0 as a few smooth functions of log frequency, so that a linear layer can tell neighbouring semitones apart.</summary>
internal static class PitchFeatures
{
    private const double CentreLogF0 = 5; // log(147 Hz + 1), between the usual male and female means
    private static readonly double[] Rates = [0.5, 1, 2, 4, 8];

    /// <summary>The voiced flag, the centred log F0, and a sine and a cosine per rate (half turns per unit of log F0).</summary>
    public static int Dimension => 2 + 2 * Rates.Length;

    /// <summary>logF0 [B, 1, T], voiced [B, 1, T] → [B, Dimension, T], zeros where unvoiced</summary>
    public static Tensor Of(Tensor logF0, Tensor voiced)
    {
        var centred = logF0 - CentreLogF0;
        var waves = Rates.Select(rate => centred * (rate * Math.PI)).SelectMany(angle => new[] { angle.sin(), angle.cos() });
        return cat([ones_like(centred), centred, .. waves], 1) * voiced;
    }
}
