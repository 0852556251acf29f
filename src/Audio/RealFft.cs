using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>
/// Discrete Fourier transform of real signals of one even size N, and its inverse.
/// A plan holds scratch memory: one instance per thread.
/// </summary>
public sealed class RealFft
{
    // Plans live in pinned arrays, so they need no release.
    private readonly double[] forwardPlan;
    private readonly double[] inversePlan;

    public RealFft(int size)
    {
        if (size < 2 || size % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "RealFft: the size must be even and positive.");
        Size = size;
        forwardPlan = Plan(size, inverse: 0);
        inversePlan = Plan(size, inverse: 1);
    }

    /// <summary>N.</summary>
    public int Size { get; }

    /// <summary>N/2 + 1.</summary>
    public int Bins => Size / 2 + 1;

    /// <summary>X[k] = Σ x[n]·exp(−2πi·kn/N).</summary>
    /// <param name="time">[N]</param>
    /// <param name="spectrum">[N/2 + 1]</param>
    public unsafe void Forward(ReadOnlySpan<float> time, Span<ComplexFloat> spectrum)
    {
        RequireLengths(time.Length, spectrum.Length);
        fixed (double* plan = forwardPlan)
            KissFft.kiss_fftr((nint)plan, time, spectrum);
    }

    /// <summary>The inverse times N: Inverse(Forward(x)) = N·x.</summary>
    /// <param name="spectrum">[N/2 + 1]; the imaginary parts of the first and the last bin are not read.</param>
    /// <param name="time">[N]</param>
    public unsafe void Inverse(ReadOnlySpan<ComplexFloat> spectrum, Span<float> time)
    {
        RequireLengths(time.Length, spectrum.Length);
        fixed (double* plan = inversePlan)
            KissFft.kiss_fftri((nint)plan, spectrum, time);
    }

    private static unsafe double[] Plan(int size, int inverse)
    {
        nuint bytes = 0;
        KissFft.kiss_fftr_alloc(size, inverse, 0, ref bytes);
        var memory = GC.AllocateArray<double>((int)(bytes + sizeof(double) - 1) / sizeof(double), pinned: true);
        bytes = (nuint)(memory.Length * sizeof(double));
        fixed (double* plan = memory)
            if (KissFft.kiss_fftr_alloc(size, inverse, (nint)plan, ref bytes) == 0)
                throw new InvalidOperationException($"RealFft: kissfft makes no plan of size {size} in {bytes} bytes.");
        return memory;
    }

    private void RequireLengths(int time, int spectrum)
    {
        if (time < Size || spectrum < Bins)
            throw new ArgumentException($"RealFft({Size}): found {time} samples and {spectrum} bins; {Size} and {Bins} are needed.");
    }
}
