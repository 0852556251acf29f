using System.Runtime.InteropServices;

namespace Tmrvc.Audio;

/// <summary>A bin of a single-precision spectrum.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ComplexFloat(float Real, float Imaginary)
{
    public float Power => Real * Real + Imaginary * Imaginary;

    public static ComplexFloat operator *(ComplexFloat a, ComplexFloat b) =>
        new(a.Real * b.Real - a.Imaginary * b.Imaginary, a.Real * b.Imaginary + a.Imaginary * b.Real);
}
