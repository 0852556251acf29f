using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>libebur128 1.2: ebur128.h.</summary>
internal static partial class Ebur128
{
    internal const string Library = "libebur128.so.1";

    /// <summary>EBUR128_MODE_I.</summary>
    internal const int IntegratedLoudness = (1 << 2) | (1 << 0);

    internal sealed class State() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            ebur128_destroy(ref handle);
            return true;
        }
    }

    [LibraryImport(Library)]
    internal static partial State ebur128_init(uint channels, CULong sampleRate, int mode);

    [LibraryImport(Library)]
    private static partial void ebur128_destroy(ref nint state);

    [LibraryImport(Library)]
    internal static partial int ebur128_add_frames_float(State state, ReadOnlySpan<float> samples, nuint frames);

    [LibraryImport(Library)]
    internal static partial int ebur128_loudness_global(State state, out double loudness);
}
