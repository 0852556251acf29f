using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        full([], scalar, ScalarType.Float32, device, requires_grad);

    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], scalar, dtype ?? ScalarType.Float64, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], scalar, dtype ?? ScalarType.Int64, device, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        full([], scalar, ScalarType.Int32, device, requires_grad);

    /// <summary>A copy of an array, of the array's shape.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy(BytesOf(rawArray), TypeOf(rawArray.GetType().GetElementType()!), ShapeOf(rawArray), dtype, device, requires_grad);

    internal static unsafe Tensor Copy(
        ReadOnlySpan<byte> bytes, ScalarType type, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requiresGrad)
    {
        Tensor copy = empty(shape.ToArray(), type, CPU);
        if (bytes.Length != copy.numel() * copy.ElementSize)
            throw new ArgumentException(
                $"Array of {bytes.Length / copy.ElementSize} elements: the shape [{string.Join(", ", copy.shape)}] holds {copy.numel()}.");
        bytes.CopyTo(copy.bytes);
        Tensor placed = MoveTo(copy, dtype ?? type, Place(device));
        return Tracked(placed, requiresGrad);
    }

    private static Tensor MoveTo(Tensor copy, ScalarType type, Device device) =>
        copy.dtype == type && device.type == DeviceType.CPU ? copy : copy.to(type, device, disposeAfter: true);

    private static ReadOnlySpan<byte> BytesOf(Array array) => MemoryMarshal.CreateReadOnlySpan(
        ref MemoryMarshal.GetArrayDataReference(array), array.Length * SizeOf(TypeOf(array.GetType().GetElementType()!)));

    private static long[] ShapeOf(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];

    private static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };
}
