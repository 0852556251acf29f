namespace Tmrvc.Audio.Native;

/// <summary>[N] zeros at the beginning of a cache line, where they stay; memory of the garbage collector's, so it needs no release.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int LineBytes = 64;

    private readonly float[] _memory;
    private readonly int _start;
    private readonly int _length;

    internal AlignedFloats(int length)
    {
        _memory = GC.AllocateArray<float>(length + LineBytes / sizeof(float), pinned: true);
        fixed (float* first = _memory)
            _start = (int)((LineBytes - (nuint)first % LineBytes) % LineBytes / sizeof(float));
        _length = length;
    }

    internal Span<float> Span => _memory.AsSpan(_start, _length);

    /// <summary>Valid as long as this object is held.</summary>
    internal float* Pointer
    {
        get
        {
            fixed (float* first = _memory)
                return first + _start;
        }
    }
}
