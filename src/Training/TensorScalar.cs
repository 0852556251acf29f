using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Reads tensors of one element.</summary>
public static class TensorScalar
{
    /// <summary>Waits for the device.</summary>
    /// <exception cref="ArgumentException">There are more elements than one, or none.</exception>
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();
}
