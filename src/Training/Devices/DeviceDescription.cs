using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What a device is, for people.</summary>
public static class DeviceDescription
{
    private const double Gibibyte = 1L << 30;

    /// <summary>One line: name, memory, driver or threads, and the libtorch that runs there.</summary>
    public static string Of(Device device) => device.type == DeviceType.CUDA ? OfGpu(device) : OfProcessor();

    internal static IDeviceMemory? MemoryOf(Device device) => device.type == DeviceType.CUDA ? FindGpu(device) : new HostMemory();

    internal static string Gibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Gibibyte:F1} GiB");

    private static Gpu? FindGpu(Device device) => Gpu.Find(Math.Max(0, device.index), Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"));

    private static string OfGpu(Device device) => FindGpu(device) is { } gpu
        ? $"{device}: {gpu.Name}, {Amount(gpu)}, driver {gpu.Driver}, {CudaAndTorch}"
        : $"{device}: a GPU whose driver does not describe it (libnvidia-ml.so.1 is missing), {CudaAndTorch}";

    private static string OfProcessor() =>
        $"cpu: {ProcessorName()}, {get_num_threads()} of {Environment.ProcessorCount} threads, {Amount(new HostMemory())}, {Library}";

    private static string Library => $"libtorch {TorchLibrary.Tool.Version}";

    private static string CudaAndTorch => string.Join(", ", new[] { CudaLibraries.Versions(), Library }.Where(name => name.Length > 0));

    private static string Amount(IDeviceMemory memory) => $"{Gibibytes(memory.Free)} of {Gibibytes(memory.Total)} free";

    private static string ProcessorName() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
        ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
        : "unnamed processor";
}
