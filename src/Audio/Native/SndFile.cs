using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>libsndfile 1.2: sndfile.h.</summary>
internal static partial class SndFile
{
    internal const string Library = "libsndfile.so.1";

    /// <summary>The library keeps the reason of a failed opening in one variable for all threads.</summary>
    private static readonly Lock Opening = new();

    internal const int Read = 0x10;
    internal const int Write = 0x20;
    internal const int Wav = 0x010000;
    internal const int Flac = 0x170000;
    internal const int Pcm16 = 0x0002;

    /// <summary>SF_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    internal sealed class Handle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => sf_close(handle) == 0;
    }

    /// <param name="failure">Why there is no handle; null when there is one.</param>
    internal static Handle Open(string path, int mode, ref Info info, out string? failure)
    {
        lock (Opening)
        {
            var file = sf_open(path, mode, ref info);
            failure = file.IsInvalid ? Message(sf_error(0)) : null;
            return file;
        }
    }

    /// <inheritdoc cref="Open(string, int, ref Info, out string?)"/>
    internal static Handle Open(SoundMemory memory, int mode, ref Info info, out string? failure)
    {
        lock (Opening)
        {
            var file = sf_open_virtual(SoundMemory.Functions.All, mode, ref info, memory.Cookie);
            failure = file.IsInvalid ? Message(sf_error(0)) : null;
            return file;
        }
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial Handle sf_open(string path, int mode, ref Info info);

    [LibraryImport(Library)]
    private static partial Handle sf_open_virtual(in SoundMemory.Functions functions, int mode, ref Info info, nint cookie);

    [LibraryImport(Library)]
    private static partial int sf_close(nint file);

    [LibraryImport(Library)]
    internal static partial long sf_readf_float(Handle file, Span<float> interleaved, long frames);

    /// <param name="whence">0: from the beginning.</param>
    /// <returns>The place reached, or −1.</returns>
    [LibraryImport(Library)]
    internal static partial long sf_seek(Handle file, long frames, int whence);

    [LibraryImport(Library)]
    internal static partial int sf_error(Handle file);

    [LibraryImport(Library)]
    internal static partial long sf_writef_short(Handle file, ReadOnlySpan<short> interleaved, long frames);

    [LibraryImport(Library)]
    private static partial nint sf_error_number(int error);

    [LibraryImport(Library)]
    private static partial int sf_error(nint file);

    internal static string Message(int error) => (Marshal.PtrToStringUTF8(sf_error_number(error)) ?? $"error {error}").TrimEnd('.');
}
