using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>libsoxr: soxr.h.</summary>
internal static partial class Soxr
{
    internal const string Library = "libsoxr.so.0";

    /// <summary>SOXR_HQ: 20 bit precision, linear phase, in single precision.</summary>
    internal const uint HighQuality = 4;

    /// <summary>soxr_quality_spec_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct QualitySpec
    {
        public double Precision;
        public double PhaseResponse;
        public double PassbandEnd;
        public double StopbandBegin;
        public nint Reserved;
        public nuint Flags;
    }

    [LibraryImport(Library)]
    internal static partial QualitySpec soxr_quality_spec(nuint recipe, nuint flags);

    /// <summary>Without I/O and run-time specifications: float samples, one thread.</summary>
    /// <returns>0, or a pointer to a message.</returns>
    [LibraryImport(Library)]
    internal static partial nint soxr_oneshot(
        double inputRate, double outputRate, uint channels,
        ReadOnlySpan<float> input, nuint inputLength, out nuint inputDone,
        Span<float> output, nuint outputLength, out nuint outputDone,
        nint ioSpec, in QualitySpec quality, nint runtimeSpec);

    internal sealed class Handle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            soxr_delete(handle);
            return true;
        }
    }

    /// <summary>As <see cref="soxr_oneshot"/> would do it, for <see cref="soxr_process"/>.</summary>
    [LibraryImport(Library)]
    internal static partial Handle soxr_create(
        double inputRate, double outputRate, uint channels, out nint failure, nint ioSpec, in QualitySpec quality, nint runtimeSpec);

    /// <param name="input">Null when there is no more.</param>
    /// <returns>0, or a pointer to a message.</returns>
    [LibraryImport(Library)]
    internal static unsafe partial nint soxr_process(
        Handle resampler, float* input, nuint inputLength, nuint* inputDone, float* output, nuint outputLength, nuint* outputDone);

    [LibraryImport(Library)]
    private static partial void soxr_delete(nint resampler);
}
