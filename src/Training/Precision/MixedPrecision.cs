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

    /// <summary>Bfloat16 on this thread until it is disposed.</summary>
    private sealed class Autocast : IDisposable
    {
        private readonly DeviceType _device;

        public Autocast(DeviceType device)
        {
            _device = device;
            autocast_increment_nesting();
            Set(enabled: true);
        }

        public void Dispose()
        {
            Set(enabled: false);
            if (autocast_decrement_nesting() == 0) clear_autocast_cache();
        }

        private void Set(bool enabled)
        {
            if (_device == DeviceType.CPU)
            {
                set_autocast_cpu_dtype(ScalarType.BFloat16);
                set_autocast_cpu_enabled(enabled);
                return;
            }
            set_autocast_gpu_dtype(ScalarType.BFloat16);
            set_autocast_enabled(enabled);
        }
    }
}
