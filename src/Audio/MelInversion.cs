using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// The non-negative power spectrum whose mel bands come closest to given ones in Kullback-Leibler divergence, by the multiplicative
/// updates of Lee and Seung (2001). One instance per thread.
/// </summary>
public sealed class MelInversion(SignalParameters parameters, int iterations)
{
    private const float Smallest = 1e-20f;

    private readonly MelFilterbank filterbank = new(parameters);
    private readonly float[] ratio = new float[parameters.NMels];
    private readonly float[] correction = new float[parameters.NFreqBins];
    private readonly float[] columnSums = ColumnSums(parameters);

    /// <param name="mel">[80] band powers.</param>
    /// <param name="power">[513]; 0 in bins that no band touches.</param>
    public void Invert(ReadOnlySpan<float> mel, Span<float> power)
    {
        power[..columnSums.Length].Fill(1);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            filterbank.Apply(power, ratio);
            for (var band = 0; band < ratio.Length; band++)
                ratio[band] = mel[band] / MathF.Max(ratio[band], Smallest);
            filterbank.ApplyTransposed(ratio, correction);
            TensorPrimitives.Divide(correction, columnSums, correction);
            TensorPrimitives.Multiply(power[..correction.Length], correction, power);
        }
    }

    private static float[] ColumnSums(SignalParameters parameters)
    {
        var ones = new float[parameters.NMels];
        var sums = new float[parameters.NFreqBins];
        Array.Fill(ones, 1);
        new MelFilterbank(parameters).ApplyTransposed(ones, sums);
        TensorPrimitives.Max(sums, Smallest, sums);
        return sums;
    }
}
