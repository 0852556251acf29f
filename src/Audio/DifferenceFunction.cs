using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// YIN's cumulative mean normalised difference (de Cheveigné and Kawahara 2002, eq. 8) over one whole frame under a window w.
/// The difference at lag τ is the mean of (x[j] − x[j + τ])² weighted by w[j]·w[j + τ], so that every lag is centred in the frame.
/// </summary>
/// <remarks>
/// Σ w[j]w[j + τ](x[j] − x[j + τ])² = c(τ) + c(−τ) − 2a(τ), with c the correlation of wx² and w, and a the autocorrelation of wx:
/// one inverse transform of 2·Re(conj(FFT(wx²))·FFT(w)) − 2·|FFT(wx)|² gives all lags.
/// </remarks>
internal sealed class DifferenceFunction
{
    private readonly RealFft fft;
    private readonly float[] window;
    private readonly ComplexFloat[] windowSpectrum;
    private readonly float[] pairWeights;
    private readonly float[] padded;
    private readonly ComplexFloat[] energySpectrum;
    private readonly ComplexFloat[] spectrum;
    private readonly float[] differences;

    /// <param name="window">[N]</param>
    /// <param name="maxLag">The largest lag, below N.</param>
    internal DifferenceFunction(float[] window, int maxLag)
    {
        this.window = window;
        MaxLag = maxLag;
        fft = new RealFft(EvenSizeOfSmallFactors(window.Length + maxLag));
        padded = new float[fft.Size];
        windowSpectrum = new ComplexFloat[fft.Bins];
        energySpectrum = new ComplexFloat[fft.Bins];
        spectrum = new ComplexFloat[fft.Bins];
        differences = new float[fft.Size];
        window.CopyTo(padded, 0);
        fft.Forward(padded, windowSpectrum);
        pairWeights = [.. Enumerable.Range(0, maxLag + 1).Select(lag => TensorPrimitives.Dot<float>(window.AsSpan(lag), window.AsSpan(0, window.Length - lag)))];
    }

    internal int MaxLag { get; }

    /// <returns>The weighted mean square of the frame without its mean.</returns>
    /// <param name="frame">[N]</param>
    /// <param name="normalised">[MaxLag + 1]; 1 at lag 0, near 0 at a period.</param>
    internal double Compute(ReadOnlySpan<float> frame, Span<float> normalised)
    {
        var weighted = padded.AsSpan(0, window.Length);
        TensorPrimitives.Subtract(frame, TensorPrimitives.Sum(frame) / window.Length, weighted);
        TensorPrimitives.Multiply(weighted, window, weighted);
        fft.Forward(padded, spectrum);
        TensorPrimitives.Multiply(weighted, weighted, weighted);
        var energy = TensorPrimitives.Sum<float>(weighted);
        Unweight(weighted);
        fft.Forward(padded, energySpectrum);
        for (var bin = 0; bin < spectrum.Length; bin++)
            spectrum[bin] = new ComplexFloat(2 * (ConjugateProduct(energySpectrum[bin], windowSpectrum[bin]) - spectrum[bin].Power), 0);
        fft.Inverse(spectrum, differences);
        Normalise(normalised);
        return energy / pairWeights[0];
    }

    /// <summary>(wx)² becomes wx².</summary>
    private void Unweight(Span<float> weighted)
    {
        for (var i = 0; i < window.Length; i++)
            weighted[i] = window[i] > 0 ? weighted[i] / window[i] : 0;
    }

    private void Normalise(Span<float> normalised)
    {
        var sum = 0.0;
        normalised[0] = 1;
        for (var lag = 1; lag <= MaxLag; lag++)
        {
            var difference = Math.Max(0, differences[lag] / pairWeights[lag]);
            sum += difference;
            normalised[lag] = sum > 0 ? (float)(difference * lag / sum) : 1;
        }
    }

    private static float ConjugateProduct(ComplexFloat a, ComplexFloat b) => a.Real * b.Real + a.Imaginary * b.Imaginary;

    private static int EvenSizeOfSmallFactors(int atLeast)
    {
        for (var size = atLeast + atLeast % 2; ; size += 2)
        {
            var rest = size;
            foreach (var factor in (ReadOnlySpan<int>)[2, 3, 5])
                while (rest % factor == 0)
                    rest /= factor;
            if (rest == 1)
                return size;
        }
    }
}
