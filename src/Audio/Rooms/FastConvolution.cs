using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tmrvc.Audio;

/// <summary>Convolution by one transform of all samples. One instance per thread; it keeps a plan for each size it has met.</summary>
public sealed class FastConvolution
{
    private readonly Dictionary<int, RealFft> transforms = [];

    /// <summary>result[n] = Σ kernel[k]·signal[n + <paramref name="offset"/> − k], the signal being zero outside its samples.</summary>
    /// <param name="signal">[N]</param>
    /// <param name="kernel">[K]</param>
    /// <param name="offset">0 or more; what lies before it is not computed and costs nothing.</param>
    /// <param name="result">[R]</param>
    public void Convolve(ReadOnlySpan<float> signal, ReadOnlySpan<float> kernel, int offset, Span<float> result)
    {
        var whole = signal.Length + kernel.Length - 1;
        var fft = TransformOf(Math.Max(Math.Max(signal.Length, kernel.Length), Math.Max(whole - offset, offset + result.Length)));
        var samples = new float[fft.Size];
        var product = Spectrum(fft, signal, samples);
        var factor = Spectrum(fft, kernel, samples);
        for (var bin = 0; bin < product.Length; bin++)
            product[bin] = product[bin] * factor[bin];
        fft.Inverse(product, samples);
        TensorPrimitives.Divide(samples.AsSpan(offset, result.Length), fft.Size, result);
    }

    private static ComplexFloat[] Spectrum(RealFft fft, ReadOnlySpan<float> signal, float[] padded)
    {
        var spectrum = GC.AllocateUninitializedArray<ComplexFloat>(fft.Bins);
        signal.CopyTo(padded);
        padded.AsSpan(signal.Length).Clear();
        fft.Forward(padded, spectrum);
        return spectrum;
    }

    private RealFft TransformOf(int samples)
    {
        var size = FourierSize.AtLeast(samples);
        return CollectionsMarshal.GetValueRefOrAddDefault(transforms, size, out _) ??= new RealFft(size);
    }
}
