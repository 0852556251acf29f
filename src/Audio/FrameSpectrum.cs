using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>The spectrum of one frame under a periodic Hann window, zero-padded to N. One instance per thread.</summary>
public sealed class FrameSpectrum
{
    private readonly RealFft fft;
    private readonly float[] window;
    private readonly float[] padded;

    public FrameSpectrum(SignalParameters parameters)
    {
        fft = new RealFft(parameters.NFft);
        window = PeriodicHann(parameters.WindowLength);
        padded = new float[parameters.NFft];
    }

    /// <summary>w[n] = ½ − ½·cos(2πn/length).</summary>
    public static float[] PeriodicHann(int length) =>
        [.. Enumerable.Range(0, length).Select(n => (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * n / length)))];

    /// <summary>Phases refer to the frame's first sample.</summary>
    /// <param name="frame">[960]</param>
    /// <param name="spectrum">[513]</param>
    public void Compute(ReadOnlySpan<float> frame, Span<ComplexFloat> spectrum)
    {
        Transform(frame);
        fft.Spectrum.CopyTo(spectrum);
    }

    /// <param name="frame">[960]</param>
    /// <param name="power">[513] squared magnitudes.</param>
    public void ComputePower(ReadOnlySpan<float> frame, Span<float> power)
    {
        Transform(frame);
        ComplexFloat.Powers(fft.Spectrum, power);
    }

    /// <summary>The windowed inverse of <see cref="Compute"/>, ready for overlap-add.</summary>
    /// <param name="spectrum">[513]</param>
    /// <param name="frame">[960]</param>
    public void Synthesize(ReadOnlySpan<ComplexFloat> spectrum, Span<float> frame)
    {
        fft.Inverse(spectrum, padded);
        TensorPrimitives.Multiply(padded.AsSpan(0, window.Length), window, frame);
        TensorPrimitives.Divide(frame[..window.Length], fft.Size, frame);
    }

    private void Transform(ReadOnlySpan<float> frame)
    {
        TensorPrimitives.Multiply(frame[..window.Length], window, fft.Time);
        fft.Time[window.Length..].Clear();
        fft.Forward();
    }
}
