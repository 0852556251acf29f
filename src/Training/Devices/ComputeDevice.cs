using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Where the networks run.</summary>
public enum DeviceChoice
{
    /// <summary>CUDA where there is one, else the CPU.</summary>
    Auto,
    Cpu,
    Cuda,
}

/// <summary>The one way from what was chosen to a device.</summary>
public static class ComputeDevice
{
    /// <summary>What <see cref="DeviceChoice.Auto"/> means here. Libtorch, which would take a second to load, is not asked.</summary>
    /// <param name="visible">CUDA_VISIBLE_DEVICES.</param>
    public static DeviceChoice Find(string? visible) => Gpu.IsThere(visible) && TorchLibrary.HasCuda ? DeviceChoice.Cuda : DeviceChoice.Cpu;

    /// <summary>Sets the process's number of threads and tells the device.</summary>
    /// <param name="threads">Of the CPU; 0 for all.</param>
    /// <exception cref="InvalidOperationException">CUDA is asked for and not there.</exception>
    public static Device Prepare(this DeviceChoice choice, int threads)
    {
        set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
        var available = choice != DeviceChoice.Cpu && cuda.is_available();
        if (choice == DeviceChoice.Cuda && !available)
            throw new InvalidOperationException("Device cuda: no CUDA device was found; install a driver and a CUDA libtorch, or give --device=cpu.");
        return available ? CUDA : CPU;
    }
}
