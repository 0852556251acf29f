namespace Tmrvc.Audio;

/// <summary>
/// Cuts one band out of a signal with a Hann-windowed ideal filter, without a shift in time. Its kernel reaches
/// <see cref="Reach"/> samples to either side, so a decay is still exactly exponential that long after it began.
/// </summary>
/// <param name="cycles">Reach in periods of the band's width: more gives steeper edges.</param>
internal sealed class SubbandFilter(Subbands bands, int band, int sampleRate, double cycles)
{
    internal int Reach { get; } = (int)Math.Ceiling(cycles * sampleRate / bands.Width(band));

    /// <param name="spectrum">[M/2 + 1] of the signal, M being the transform's size; the signal's samples and the reach fit into M.</param>
    /// <param name="filtered">[M]</param>
    internal void Apply(RealFft fft, ReadOnlySpan<ComplexFloat> spectrum, Span<float> filtered)
    {
        var product = new ComplexFloat[fft.Bins];
        Kernel(filtered);
        fft.Forward(filtered, product);
        // The kernel is even, so its spectrum is real.
        for (var bin = 0; bin < product.Length; bin++)
            product[bin] = new ComplexFloat(
                spectrum[bin].Real * product[bin].Real / fft.Size, spectrum[bin].Imaginary * product[bin].Real / fft.Size);
        fft.Inverse(product, filtered);
    }

    private void Kernel(Span<float> kernel)
    {
        kernel.Clear();
        var (low, high) = (bands.Edges[band] / sampleRate, bands.Edges[band + 1] / sampleRate);
        kernel[0] = (float)(2 * (high - low));
        for (var n = 1; n <= Reach; n++)
        {
            var window = 0.5 + 0.5 * Math.Cos(Math.PI * n / (Reach + 1));
            var ideal = (Math.Sin(2 * Math.PI * high * n) - Math.Sin(2 * Math.PI * low * n)) / (Math.PI * n);
            kernel[n] = kernel[^n] = (float)(window * ideal);
        }
    }
}
