using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Tensors that autocast has left in a type with few bits.</summary>
internal static class NarrowTypes
{
    /// <summary>The same in float32 where it is bfloat16 or float16: sums over time, and squares, need its bits.</summary>
    public static Tensor Widened(this Tensor x) => x.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? x.to_type(ScalarType.Float32) : x;
}
