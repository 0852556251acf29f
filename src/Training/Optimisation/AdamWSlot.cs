using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>One parameter, or all as one, with gradient and moments of the same shape.</summary>
internal sealed record AdamWSlot(Tensor Parameter, Tensor Gradient, Tensor First, Tensor Second)
{
    /// <summary>Whether the fused pass can take it.</summary>
    public bool OnCpu => Gradient.device_type == DeviceType.CPU && Gradient.dtype == ScalarType.Float32;

    public void Update(AdamWConstants constants)
    {
        if (OnCpu) UpdateFused(constants);
        else UpdateWithOperators(constants);
    }

    public void UpdateFused(AdamWConstants constants) => AdamWKernel.Update(
        TensorMemory.Floats(Parameter), TensorMemory.Floats(Gradient), TensorMemory.Floats(First), TensorMemory.Floats(Second), constants);

    public void UpdateWithOperators(AdamWConstants constants)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        First.mul_(constants.Beta1).add_(Gradient, alpha: (1 - constants.Beta1) * constants.Clip);
        Second.mul_(constants.Beta2).addcmul_(Gradient, Gradient, (1 - constants.Beta2) * constants.Clip * constants.Clip);
        var deviation = Second.sqrt().mul_(constants.SecondCorrection).add_(constants.Epsilon);
        Parameter.mul_(constants.Decay).addcdiv_(First, deviation, -constants.StepSize);
    }
}
