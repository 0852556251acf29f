using System.Globalization;
using System.Runtime.InteropServices;

namespace Tmrvc.Training;

/// <summary>A GPU as its driver describes it.</summary>
internal sealed unsafe class Gpu : IDeviceMemory
{
    private readonly nint _handle;

    private Gpu(nint handle) => _handle = handle;

    public string Name => Nvml.Text((buffer, length) => Nvml.nvmlDeviceGetName(_handle, buffer, length));

    public string Driver => Nvml.Text(Nvml.nvmlSystemGetDriverVersion);

    public long Total => (long)Memory.Total;

    public long Free => (long)Memory.Free;

    public long Used => (long)Memory.Used;

    private Nvml.Memory Memory => Nvml.nvmlDeviceGetMemoryInfo(_handle, out var memory) == 0 ? memory : default;

    /// <summary>By the driver, which is quick to ask; where it describes no GPU, by its library for CUDA.</summary>
    /// <param name="visible">CUDA_VISIBLE_DEVICES; empty and -1 hide all.</param>
    public static bool IsThere(string? visible) => visible?.Trim() is not ("" or "-1") &&
        (Find(0, visible) is not null || NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out _));

    /// <param name="index">As CUDA counts; on machines with GPUs of several kinds the driver counts alike where CUDA_DEVICE_ORDER is PCI_BUS_ID.</param>
    /// <param name="visible">CUDA_VISIBLE_DEVICES: the driver counts all devices, CUDA those listed.</param>
    /// <returns>Null where the driver's library is missing or does not know the device.</returns>
    public static Gpu? Find(int index, string? visible)
    {
        try
        {
            return Nvml.nvmlInit_v2() == 0 && Handle(index, visible) is { } handle ? new Gpu(handle) : null;
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    /// <summary>libtorch keeps what it has taken, so what is held after the work is the most that was held.</summary>
    public long? HighWater(Action work)
    {
        work();
        return Used;
    }

    private static nint? Handle(int index, string? visible)
    {
        var listed = visible?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var name = index < listed.Length ? listed[index] : index.ToString(CultureInfo.InvariantCulture);
        var status = uint.TryParse(name, out var number)
            ? Nvml.nvmlDeviceGetHandleByIndex_v2(number, out var handle)
            : Nvml.nvmlDeviceGetHandleByUUID(name, out handle);
        return status == 0 ? handle : null;
    }
}
