using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The kinds of argument that cross into libtorch; mirrors <c>Tag</c> in dispatch.cpp.</summary>
internal enum ValueTag
{
    None, Tensor, Integer, Real, Boolean, Integers, Tensors, Text, Device, Generator, Complex,
}

/// <summary>One argument or result as dispatch.cpp sees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public ValueTag Tag;
    public int Count;
    public long Bits;
    public double Imaginary;

    public readonly nint Pointer => (nint)Bits;
}
