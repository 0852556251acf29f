using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>libspandsp 2, the G.722 codec: spandsp/g722.h.</summary>
internal static partial class Spandsp
{
    internal const string Library = "libspandsp.so.2";

    internal sealed class Decoder() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => g722_decode_free(handle) == 0;
    }

    /// <param name="state">0: the library allocates it.</param>
    /// <param name="rate">Bits per second: 64000, 56000 or 48000.</param>
    /// <param name="options">0: 16 kHz, one code word per byte.</param>
    [LibraryImport(Library)]
    internal static partial Decoder g722_decode_init(nint state, int rate, int options);

    /// <returns>The number of samples written: two for each byte.</returns>
    [LibraryImport(Library)]
    internal static partial int g722_decode(Decoder state, Span<short> samples, ReadOnlySpan<byte> data, int length);

    [LibraryImport(Library)]
    private static partial int g722_decode_free(nint state);
}
