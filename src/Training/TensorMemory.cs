using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The memory of CPU tensors as spans. A write through one is not seen by autograd.</summary>
internal static class TensorMemory
{
    /// <param name="tensor">float32, contiguous, on the CPU; it must outlive the span.</param>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>A new float32 tensor on <paramref name="device"/> with a copy of <paramref name="values"/>.</summary>
    public static Tensor From(float[] values, Device device, params long[] shape) => tensor(values, shape, device: device);
}
