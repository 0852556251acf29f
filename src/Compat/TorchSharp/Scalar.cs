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

    public static implicit operator Scalar(int value) => new(ValueTag.Integer, value);

    public static implicit operator Scalar(long value) => new(ValueTag.Integer, value);

    public static implicit operator Scalar(float value) => FromReal(value);

    public static implicit operator Scalar(double value) => FromReal(value);

    /// <summary>A scalar holds nothing native here; the package's does, so it is disposable.</summary>
    public void Dispose()
    {
    }

    public override string ToString() => FormattableString.Invariant($"{AsDouble}");

    private static Scalar FromReal(double value) => new(ValueTag.Real, BitConverter.DoubleToInt64Bits(value));
}

public static class ScalarExtensionMethods
{
    public static double ToDouble(this Scalar value) => value.AsDouble;

    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
