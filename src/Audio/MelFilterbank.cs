using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>
/// Triangular bands, equally wide on the HTK mel scale (2595·log10(1 + f/700)), straight in hertz, peak 1, without area normalisation.
/// Kept sparse: a band touches few bins, rounded up to whole vectors.
/// </summary>
public sealed class MelFilterbank
{
    private readonly (int FirstBin, float[] Weights)[] bands;

    public MelFilterbank(SignalParameters parameters)
    {
        NFreqBins = parameters.NFreqBins;
        var lowest = HertzToMel(parameters.MelFmin);
        var step = (HertzToMel(parameters.MelFmax) - lowest) / (parameters.NMels + 1);
        var binHertz = (double)parameters.SampleRate / parameters.NFft;
        bands = [.. Enumerable.Range(0, parameters.NMels).Select(band => Triangle(
            MelToHertz(lowest + band * step), MelToHertz(lowest + (band + 1) * step), MelToHertz(lowest + (band + 2) * step), binHertz))];
    }

    public int NMels => bands.Length;

    public int NFreqBins { get; }

    public static double HertzToMel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    public static double MelToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);

    /// <summary>The weights of one band, from bin <paramref name="firstBin"/> on, zeros around them included.</summary>
    public ReadOnlySpan<float> Weights(int band, out int firstBin)
    {
        (firstBin, var weights) = bands[band];
        return weights;
    }

    /// <param name="power">[513]</param>
    /// <param name="mel">[80]</param>
    public void Apply(ReadOnlySpan<float> power, Span<float> mel)
    {
        for (var band = 0; band < bands.Length; band++)
        {
            var (first, weights) = bands[band];
            mel[band] = Dot(weights, power.Slice(first, weights.Length));
        }
    }

    /// <summary>The transposed filterbank: <paramref name="power"/>[k] = Σ over bands of weight · <paramref name="mel"/>[band].</summary>
    /// <param name="mel">[80]</param>
    /// <param name="power">[513]</param>
    public void ApplyTransposed(ReadOnlySpan<float> mel, Span<float> power)
    {
        power[..NFreqBins].Clear();
        for (var band = 0; band < bands.Length; band++)
        {
            var (first, weights) = bands[band];
            var touched = power.Slice(first, weights.Length);
            TensorPrimitives.MultiplyAdd(weights, mel[band], touched, touched);
        }
    }

    private (int FirstBin, float[] Weights) Triangle(double low, double centre, double high, double binHertz)
    {
        var first = (int)Math.Floor(low / binHertz) + 1;
        var end = Math.Min((int)Math.Ceiling(high / binHertz), NFreqBins);
        var weights = new float[Math.Max(0, end - first)];
        for (var bin = first; bin < end; bin++)
        {
            var hertz = bin * binHertz;
            weights[bin - first] = (float)Math.Min((hertz - low) / (centre - low), (high - hertz) / (high - centre));
        }
        return Padded(first, weights);
    }

    /// <summary>Zeros up to whole vectors, within the bins; as it is where they are too few.</summary>
    private (int FirstBin, float[] Weights) Padded(int first, float[] weights)
    {
        var length = (weights.Length + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        if (length > NFreqBins)
            return (first, weights);
        var start = Math.Min(first, NFreqBins - length);
        var padded = new float[length];
        weights.CopyTo(padded, first - start);
        return (start, padded);
    }

    /// <summary>For a few vectors, where a call costs more than the sum.</summary>
    private static float Dot(ReadOnlySpan<float> weights, ReadOnlySpan<float> power)
    {
        if (weights.Length % Vector256<float>.Count != 0)
            return TensorPrimitives.Dot(weights, power);
        var sum = Vector256<float>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(power);
        var factors = MemoryMarshal.Cast<float, Vector256<float>>(weights);
        for (var i = 0; i < factors.Length; i++)
            sum = Vector256.MultiplyAddEstimate(factors[i], vectors[i], sum);
        return Vector256.Sum(sum);
    }
}
