using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>kissfft in single precision: kiss_fftr.h.</summary>
internal static partial class KissFft
{
    internal const string Library = "libkissfft-float.so.131";

    /// <summary>Writes a plan into <paramref name="plan"/> when it is large enough; sets <paramref name="planBytes"/> to the size needed.</summary>
    /// <returns>0 when the plan did not fit.</returns>
    [LibraryImport(Library)]
    internal static partial nint kiss_fftr_alloc(int size, int inverse, nint plan, ref nuint planBytes);

    [LibraryImport(Library)]
    internal static partial void kiss_fftr(nint plan, ReadOnlySpan<float> time, Span<ComplexFloat> spectrum);

    [LibraryImport(Library)]
    internal static partial void kiss_fftri(nint plan, ReadOnlySpan<ComplexFloat> spectrum, Span<float> time);
}
