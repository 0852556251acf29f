using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>One argument of an operator, held without allocation; the conversions decide its tag.</summary>
internal readonly struct Argument
{
    private Argument(ValueTag tag, long bits, object? reference = null, int count = 0, double imaginary = 0)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
        Count = count;
        Imaginary = imaginary;
    }

    public ValueTag Tag { get; }
    public long Bits { get; }
    public object? Reference { get; }
    public int Count { get; }
    public double Imaginary { get; }

    public static Argument None => default;

    /// <summary>An integer where a negative one stands for "not given".</summary>
    public static Argument OrNone(long value) => value < 0 ? None : value;

    public static implicit operator Argument(Tensor? tensor) =>
        tensor is null ? None : new(ValueTag.Tensor, tensor.Handle, tensor);

    public static implicit operator Argument(long value) => new(ValueTag.Integer, value);

    public static implicit operator Argument(double value) => new(ValueTag.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } given ? given : None;

    public static implicit operator Argument(bool value) => new(ValueTag.Boolean, value ? 1 : 0);

    public static implicit operator Argument(bool? value) => value is { } given ? given : None;

    public static implicit operator Argument(Scalar? value) =>
        value is null ? None : new(value.Tag, value.Bits, null, 0, value.Imaginary);

    public static implicit operator Argument(ScalarType value) => new(ValueTag.Integer, (long)value);

    public static implicit operator Argument(ScalarType? value) => value is { } given ? given : None;

    public static implicit operator Argument(Device? value) =>
        value is null ? None : new(ValueTag.Device, value.index, null, (int)value.type);

    public static implicit operator Argument(Generator? value) =>
        value is null ? None : new(ValueTag.Generator, value.Handle, value);

    public static implicit operator Argument(long[]? values) =>
        values is null ? None : new(ValueTag.Integers, 0, values, values.Length);

    public static implicit operator Argument(Tensor[] tensors) => new(ValueTag.Tensors, 0, tensors, tensors.Length);

    public static implicit operator Argument(string? text) => text is null ? None : new(ValueTag.Text, 0, text, text.Length);
}
