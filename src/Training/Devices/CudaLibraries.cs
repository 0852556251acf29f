using System.Runtime.InteropServices;

namespace Tmrvc.Training;

/// <summary>Releases of the CUDA runtime and of cuDNN that this process has loaded; libtorch brings them, under file names of its own.</summary>
internal static unsafe class CudaLibraries
{
    /// <summary>Such as "CUDA 12.4, cuDNN 9.1.0"; empty where neither is loaded.</summary>
    public static string Versions(string maps = "/proc/self/maps") => string.Join(", ", new[] { Runtime(maps), Cudnn(maps) }.OfType<string>());

    /// <summary>The file that a library of a name was loaded from; null where none was.</summary>
    internal static string? PathOf(string library, string maps) => File.ReadLines(maps)
        .Select(line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? line[at..] : "")
        .FirstOrDefault(path => Path.GetFileName(path) is var name &&
            (name.StartsWith(library + ".so", StringComparison.Ordinal) || name.StartsWith(library + "-", StringComparison.Ordinal)));

    /// <summary>12040 is 12.4.</summary>
    internal static string OfRuntime(int version) => $"CUDA {version / 1000}.{version % 1000 / 10}";

    /// <summary>8907 is 8.9.7, and from 9 on 90100 is 9.1.0.</summary>
    internal static string OfCudnn(long version) => version >= 90_000
        ? $"cuDNN {version / 10_000}.{version / 100 % 100}.{version % 100}"
        : $"cuDNN {version / 1000}.{version / 100 % 10}.{version % 100}";

    private static string? Runtime(string maps)
    {
        int version;
        var ask = (delegate* unmanaged<int*, int>)Function("libcudart", "cudaRuntimeGetVersion", maps);
        return ask != null && ask(&version) == 0 ? OfRuntime(version) : null;
    }

    private static string? Cudnn(string maps)
    {
        var ask = (delegate* unmanaged<nuint>)Function("libcudnn", "cudnnGetVersion", maps);
        return ask != null ? OfCudnn((long)ask()) : null;
    }

    private static nint Function(string library, string name, string maps) =>
        PathOf(library, maps) is { } path && NativeLibrary.TryLoad(path, out var handle) && NativeLibrary.TryGetExport(handle, name, out var function) ? function : 0;
}
