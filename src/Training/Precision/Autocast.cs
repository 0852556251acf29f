using System.Reflection;
using TorchSharp;

namespace Tmrvc.Training;

/// <summary>
/// libtorch's autocast to bfloat16 on this thread, until it is disposed. TorchSharp has none up to 0.106, so its functions are looked
/// up by name: the stand-in of the feed's package set has them.
/// </summary>
internal sealed class Autocast : IDisposable
{
    private static readonly Functions? Bound = Functions.Find();

    private readonly bool _onCpu;

    /// <exception cref="NotSupportedException">The TorchSharp in use has no autocast.</exception>
    public Autocast(DeviceType device)
    {
        _onCpu = device == DeviceType.CPU;
        Api.Enter();
        Set(enabled: true);
    }

    private static Functions Api => Bound ?? throw new NotSupportedException(
        "precision: bf16 needs autocast, which this TorchSharp does not have. Choose tf32 or float32, or build with --packages=feed.");

    public void Dispose()
    {
        Set(enabled: false);
        if (Api.Leave() == 0)
            Api.Clear();
    }

    private void Set(bool enabled)
    {
        (_onCpu ? Api.SetCpuType : Api.SetGpuType)(torch.ScalarType.BFloat16);
        (_onCpu ? Api.EnableCpu : Api.EnableGpu)(enabled);
    }

    private sealed record Functions(
        Func<int> Enter, Func<int> Leave, Action Clear,
        Action<torch.ScalarType> SetCpuType, Action<torch.ScalarType> SetGpuType, Action<bool> EnableCpu, Action<bool> EnableGpu)
    {
        /// <returns>Null when one of them is missing.</returns>
        public static Functions? Find()
        {
            static T? Named<T>(string name) where T : Delegate =>
                typeof(torch).GetMethod(name, BindingFlags.Public | BindingFlags.Static)?.CreateDelegate<T>();

            return Named<Func<int>>("autocast_increment_nesting") is { } enter && Named<Func<int>>("autocast_decrement_nesting") is { } leave
                && Named<Action>("clear_autocast_cache") is { } clear
                && Named<Action<torch.ScalarType>>("set_autocast_cpu_dtype") is { } cpuType && Named<Action<torch.ScalarType>>("set_autocast_gpu_dtype") is { } gpuType
                && Named<Action<bool>>("set_autocast_cpu_enabled") is { } cpu && Named<Action<bool>>("set_autocast_enabled") is { } gpu
                ? new Functions(enter, leave, clear, cpuType, gpuType, cpu, gpu)
                : null;
        }
    }
}
