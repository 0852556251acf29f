using System.Collections.Concurrent;

namespace Tmrvc.Audio.Native;

/// <summary>FFTW's way through a real transform of one size and back; one for all threads, kept until the process ends.</summary>
internal sealed unsafe class FourierPlan
{
    private static readonly ConcurrentDictionary<int, FourierPlan> Plans = [];
    private static readonly Lock Planning = new();

    private readonly nint _forward;
    private readonly nint _inverse;

    private FourierPlan(int size, float* time, ComplexFloat* spectrum)
    {
        Fftw.fftwf_forget_wisdom();
        _forward = Fftw.fftwf_plan_dft_r2c_1d(size, time, spectrum, Fftw.Estimate);
        _inverse = Fftw.fftwf_plan_dft_c2r_1d(size, spectrum, time, Fftw.Estimate);
        if (_forward == 0 || _inverse == 0)
            throw new InvalidOperationException($"RealFft: FFTW makes no plan of size {size}.");
    }

    /// <summary>Leaves the arrays as they are; they and those of every execution are aligned alike.</summary>
    internal static FourierPlan Of(int size, AlignedFloats time, AlignedFloats spectrum)
    {
        if (Plans.TryGetValue(size, out var known))
            return known;
        lock (Planning)
            return Plans.GetOrAdd(size, _ => new(size, time.Pointer, (ComplexFloat*)spectrum.Pointer));
    }

    internal void Forward(AlignedFloats time, AlignedFloats spectrum) =>
        Fftw.fftwf_execute_dft_r2c(_forward, time.Pointer, (ComplexFloat*)spectrum.Pointer);

    internal void Inverse(AlignedFloats spectrum, AlignedFloats time) =>
        Fftw.fftwf_execute_dft_c2r(_inverse, (ComplexFloat*)spectrum.Pointer, time.Pointer);
}
