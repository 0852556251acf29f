using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>FFTW 3.3 in single precision: fftw3.h. Only execution may happen on several threads at once.</summary>
internal static unsafe partial class Fftw
{
    internal const string Library = "libfftw3f.so.3";

    /// <summary>FFTW_ESTIMATE: the plan follows from the size, not from a measurement.</summary>
    internal const uint Estimate = 1 << 6;

    [LibraryImport(Library)]
    internal static partial nint fftwf_plan_dft_r2c_1d(int size, float* time, ComplexFloat* spectrum, uint flags);

    /// <summary>The inverse times its size; overwrites the spectrum.</summary>
    [LibraryImport(Library)]
    internal static partial nint fftwf_plan_dft_c2r_1d(int size, ComplexFloat* spectrum, float* time, uint flags);

    /// <summary>What earlier plans have taught it must not decide later ones.</summary>
    [LibraryImport(Library)]
    internal static partial void fftwf_forget_wisdom();

    /// <summary>Arrays must be aligned as those of the plan were.</summary>
    [LibraryImport(Library)]
    internal static partial void fftwf_execute_dft_r2c(nint plan, float* time, ComplexFloat* spectrum);

    /// <inheritdoc cref="fftwf_execute_dft_r2c"/>
    [LibraryImport(Library)]
    internal static partial void fftwf_execute_dft_c2r(nint plan, ComplexFloat* spectrum, float* time);
}
