using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number with the kind it came from: boolean, integer, real or complex.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ValueTag tag, long bits, double imaginary = 0)
    {
        Tag = tag;
        Bits = bits;
        Imaginary = imaginary;
    }

    internal Scalar(in NativeValue value) : this(value.Tag, value.Bits, value.Imaginary)
    {
    }

    internal ValueTag Tag { get; }
    internal long Bits { get; }
    internal double Imaginary { get; }

    public torch.ScalarType Type => Tag switch
    {
        ValueTag.Boolean => torch.ScalarType.Bool,
        ValueTag.Integer => torch.ScalarType.Int64,
        ValueTag.Complex => torch.ScalarType.ComplexFloat64,
        _ => torch.ScalarType.Float64,
    };

    private bool IsReal => Tag is ValueTag.Real or ValueTag.Complex;

    internal double AsDouble => IsReal ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal long AsLong => IsReal ? (long)AsDouble : Bits;

    public static implicit operator Scalar(byte value) => new(ValueTag.Integer, value);

    public static implicit operator Scalar(sbyte value) => new(ValueTag.Integer, value);

    public static implicit operator Scalar(short value) => new(ValueTag.Integer, value);

    public static implicit operator Scalar(int value) => new(ValueTag.Integer, value);

    public static implicit operator Scalar(long value) => new(ValueTag.Integer, value);

    public static implicit operator Scalar(Half value) => FromReal((double)value);

    public static implicit operator Scalar(float value) => FromReal(value);

    public static implicit operator Scalar(double value) => FromReal(value);

    public static implicit operator Scalar(bool value) => new(ValueTag.Boolean, value ? 1 : 0);

    public static implicit operator Scalar(Complex value) =>
        new(ValueTag.Complex, BitConverter.DoubleToInt64Bits(value.Real), value.Imaginary);

    public static implicit operator Scalar((float Real, float Imaginary) value) => new Complex(value.Real, value.Imaginary);

    /// <summary>A scalar holds nothing native here; the package's does, so it is disposable.</summary>
    public void Dispose()
    {
    }

    public override string ToString() => FormattableString.Invariant($"{AsDouble}");

    private static Scalar FromReal(double value) => new(ValueTag.Real, BitConverter.DoubleToInt64Bits(value));
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;

    public static float ToSingle(this Scalar value) => (float)value.AsDouble;

    public static double ToDouble(this Scalar value) => value.AsDouble;

    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;

    public static byte ToByte(this Scalar value) => (byte)value.AsLong;

    public static short ToInt16(this Scalar value) => (short)value.AsLong;

    public static int ToInt32(this Scalar value) => (int)value.AsLong;

    public static long ToInt64(this Scalar value) => value.AsLong;

    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;

    public static Complex ToComplexFloat64(this Scalar value) => new(value.AsDouble, value.Imaginary);
}
