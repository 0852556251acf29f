namespace Tmrvc.SafeTensors;

/// <summary>Element types of the safetensors format that the pipeline uses; the names are those of the header.</summary>
public enum TensorType
{
    F64,
    I64,
    F32,
    I32,
    F16,
    BF16,
    U8,
}

public static class TensorTypes
{
    /// <summary>Bytes per element.</summary>
    public static int ElementSize(this TensorType type) => type switch
    {
        TensorType.F64 or TensorType.I64 => 8,
        TensorType.F32 or TensorType.I32 => 4,
        TensorType.F16 or TensorType.BF16 => 2,
        _ => 1,
    };

    /// <summary>
    /// The type stored for <typeparamref name="T"/>; <see cref="TensorType.BF16"/> has no C# type and is written as bytes.
    /// </summary>
    /// <exception cref="NotSupportedException">The format, as used here, has no such element.</exception>
    public static TensorType Of<T>() where T : unmanaged => Of(typeof(T));

    private static TensorType Of(Type element) => element switch
    {
        _ when element == typeof(float) => TensorType.F32,
        _ when element == typeof(double) => TensorType.F64,
        _ when element == typeof(long) => TensorType.I64,
        _ when element == typeof(int) => TensorType.I32,
        _ when element == typeof(Half) => TensorType.F16,
        _ when element == typeof(byte) => TensorType.U8,
        _ => throw new NotSupportedException(
            $"Element type {element.Name}: float, double, long, int, Half and byte are allowed."),
    };
}
