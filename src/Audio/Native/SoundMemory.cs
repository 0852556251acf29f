using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>
/// A file of libsndfile's that lies in memory. The library writes the end of a FLAC file while it closes it, and tells nobody when the
/// device is full by then; bytes in memory are written by whoever can tell.
/// </summary>
internal sealed unsafe class SoundMemory : IDisposable
{
    private readonly MemoryStream _content = new();
    private GCHandle _self;

    internal SoundMemory() => _self = GCHandle.Alloc(_content);

    internal ReadOnlySpan<byte> Content => _content.GetBuffer().AsSpan(0, (int)_content.Length);

    /// <summary>What the functions are called with.</summary>
    internal nint Cookie => GCHandle.ToIntPtr(_self);

    public void Dispose() => _self.Free();

    /// <summary>SF_VIRTUAL_IO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Functions
    {
        private delegate* unmanaged[Cdecl]<nint, long> _length;
        private delegate* unmanaged[Cdecl]<long, int, nint, long> _seek;
        private delegate* unmanaged[Cdecl]<byte*, long, nint, long> _read;
        private delegate* unmanaged[Cdecl]<byte*, long, nint, long> _write;
        private delegate* unmanaged[Cdecl]<nint, long> _tell;

        internal static Functions All => new() { _length = &Length, _seek = &Seek, _read = &Read, _write = &Write, _tell = &Tell };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Length(nint cookie) => Of(cookie).Length;

    /// <param name="origin">SEEK_SET, SEEK_CUR and SEEK_END have the numbers of <see cref="SeekOrigin"/>.</param>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Seek(long offset, int origin, nint cookie) => Of(cookie).Seek(offset, (SeekOrigin)origin);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Read(byte* into, long count, nint cookie) => Of(cookie).Read(new Span<byte>(into, (int)count));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Write(byte* from, long count, nint cookie)
    {
        Of(cookie).Write(new ReadOnlySpan<byte>(from, (int)count));
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Tell(nint cookie) => Of(cookie).Position;

    private static MemoryStream Of(nint cookie) => (MemoryStream)GCHandle.FromIntPtr(cookie).Target!;
}
