using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Runs a network's forward in a precision; what comes out is float32.</summary>
internal sealed class MixedPrecision(Precision precision, Device device)
{
    public Tensor Forward(Func<Tensor> network)
    {
        if (precision != Precision.Bf16 || !is_grad_enabled()) return network();
        using var _ = new Autocast(device.type);
        return network().to_type(ScalarType.Float32);
    }
}
