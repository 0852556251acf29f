using System.Runtime.InteropServices;

namespace Tmrvc.Audio;

/// <summary>A bin of a single-precision spectrum.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ComplexFloat(float Real, float Imaginary)
{
    public float Power => Real * Real + Imaginary * Imaginary;
}
