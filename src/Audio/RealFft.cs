using System.Runtime.InteropServices;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>
/// Discrete Fourier transform of real signals of one even size N, and its inverse. It holds scratch memory: one instance per thread.
/// </summary>
public sealed class RealFft
{
    private readonly AlignedFloats time;
    private readonly AlignedFloats spectrum;
    private readonly FourierPlan plan;

    public RealFft(int size)
    {
        if (size < 2 || size % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "RealFft: the size must be even and positive.");
        Size = size;
        time = new AlignedFloats(size);
        spectrum = new AlignedFloats(2 * Bins);
        plan = FourierPlan.Of(size, time, spectrum);
    }

    /// <summary>N.</summary>
    public int Size { get; }

    /// <summary>N/2 + 1.</summary>
    public int Bins => Size / 2 + 1;

    /// <summary>[N] what <see cref="Forward()"/> reads, and does not change.</summary>
    internal Span<float> Time => time.Span;

    /// <summary>[N/2 + 1] what <see cref="Forward()"/> writes.</summary>
    internal Span<ComplexFloat> Spectrum => MemoryMarshal.Cast<float, ComplexFloat>(spectrum.Span);

    /// <summary>X[k] = Σ x[n]·exp(−2πi·kn/N).</summary>
    /// <param name="time">[N]</param>
    /// <param name="spectrum">[N/2 + 1]</param>
    public void Forward(ReadOnlySpan<float> time, Span<ComplexFloat> spectrum)
    {
        RequireLengths(time.Length, spectrum.Length);
        time[..Size].CopyTo(Time);
        Forward();
        Spectrum.CopyTo(spectrum);
    }

    /// <summary>The inverse times N: Inverse(Forward(x)) = N·x.</summary>
    /// <param name="spectrum">[N/2 + 1]; the imaginary parts of the first and the last bin are not read.</param>
    /// <param name="time">[N]</param>
    public void Inverse(ReadOnlySpan<ComplexFloat> spectrum, Span<float> time)
    {
        RequireLengths(time.Length, spectrum.Length);
        spectrum[..Bins].CopyTo(Spectrum);
        plan.Inverse(this.spectrum, this.time);
        Time.CopyTo(time);
    }

    /// <summary><see cref="Time"/> to <see cref="Spectrum"/>.</summary>
    internal void Forward() => plan.Forward(time, spectrum);

    private void RequireLengths(int time, int spectrum)
    {
        if (time < Size || spectrum < Bins)
            throw new ArgumentException($"RealFft({Size}): found {time} samples and {spectrum} bins; {Size} and {Bins} are needed.");
    }
}
