using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(Aten.Call("zeros", size, TypeOrDefault(dtype), Argument.None, Place(device)), requires_grad);

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([size], dtype, device, requires_grad);

    public static Tensor zeros(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([rows, columns], dtype, device, requires_grad);

    public static Tensor zeros(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(Aten.Call("ones", size, TypeOrDefault(dtype), Argument.None, Place(device)), requires_grad);

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([size], dtype, device, requires_grad);

    public static Tensor ones(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([rows, columns], dtype, device, requires_grad);

    public static Tensor ones(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(Aten.Call("empty.memory_format", size, TypeOrDefault(dtype), Argument.None, Place(device)), requires_grad);

    public static Tensor full(
        long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(Aten.Call("full", size, value, dtype ?? TypeOf(value), Argument.None, Place(device)), requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(
            Aten.Call("arange.start_step", start, stop, step, dtype ?? CommonType(start, stop, step), Argument.None, Place(device)),
            requires_grad);

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(
            Aten.Call("linspace", (Scalar)start, (Scalar)end, steps, TypeOrDefault(dtype), Argument.None, Place(device)),
            requires_grad);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(Aten.Call("zeros_like", input, dtype, Argument.None, device), requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Tracked(Aten.Call("ones_like", input, dtype, Argument.None, device), requires_grad);

    private static Tensor Tracked(Tensor made, bool requiresGrad) => requiresGrad ? made.requires_grad_() : made;

    private static Device Place(Device? device) => device ?? defaultDevice;

    private static ScalarType TypeOrDefault(ScalarType? dtype) => dtype ?? defaultType;

    private static ScalarType TypeOf(Scalar value) => value.Type == ScalarType.Float64 ? defaultType : value.Type;

    private static ScalarType CommonType(params ReadOnlySpan<Scalar> numbers)
    {
        foreach (Scalar number in numbers)
        {
            if (number.Type == ScalarType.Float64) return defaultType;
        }
        return ScalarType.Int64;
    }
}
