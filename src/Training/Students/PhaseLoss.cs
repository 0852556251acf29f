using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Distance of phases that does not care about whole turns (after Ai and Ling, 2023): 1 − cosine of the error of the phase, of its
/// difference along frequency and of that along time, louder bins counting more.
/// </summary>
internal static class PhaseLoss
{
    private const double Floor = 1e-12;

    /// <param name="cosine">With <paramref name="sine"/> a vector that points to the phase, of any length, [B, 513, T]</param>
    /// <param name="wanted">Real and imaginary parts, [B, 513, T, 2]</param>
    /// <returns>Scalar, from 0 to 6.</returns>
    public static Tensor Evaluate(Tensor cosine, Tensor sine, Tensor wanted)
    {
        var (real, imaginary) = (wanted.select(3, 0), wanted.select(3, 1));
        var loudness = (real.square() + imaginary.square() + Floor).sqrt();
        var scale = (cosine.square() + sine.square() + Floor).rsqrt() / loudness;
        // The wanted phase is taken off: what is left is the error, a unit vector.
        var (x, y) = ((cosine * real + sine * imaginary) * scale, (sine * real - cosine * imaginary) * scale);
        return Mean(1 - x, loudness) + OfDifference(x, y, loudness, 1) + OfDifference(x, y, loudness, 2);
    }

    private static Tensor OfDifference(Tensor x, Tensor y, Tensor loudness, long along)
    {
        var aligned = Before(x, along) * After(x, along) + Before(y, along) * After(y, along); // cosine of the difference of errors
        return Mean(1 - aligned, (Before(loudness, along) * After(loudness, along)).sqrt());
    }

    private static Tensor Mean(Tensor values, Tensor weights) => (values * weights).sum() / weights.sum();

    private static Tensor Before(Tensor values, long along) => values.narrow(along, 0, values.shape[(int)along] - 1);

    private static Tensor After(Tensor values, long along) => values.narrow(along, 1, values.shape[(int)along] - 1);
}
