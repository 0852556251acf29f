using System.Runtime.InteropServices;
using System.Text;

namespace Tmrvc.Training;

/// <summary>The functions of NVIDIA's management library that tell what a GPU is; they come with the driver.</summary>
internal static unsafe partial class Nvml
{
    private const string Library = "libnvidia-ml.so.1";

    internal delegate int TextQuery(byte* buffer, uint length);

    /// <summary>Bytes, in the library's own order.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Memory
    {
        public ulong Total, Free, Used;
    }

    [LibraryImport(Library)] internal static partial int nvmlInit_v2();

    [LibraryImport(Library)] internal static partial int nvmlDeviceGetHandleByIndex_v2(uint index, out nint device);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int nvmlDeviceGetHandleByUUID(string uuid, out nint device);

    [LibraryImport(Library)] internal static partial int nvmlDeviceGetName(nint device, byte* name, uint length);

    [LibraryImport(Library)] internal static partial int nvmlDeviceGetMemoryInfo(nint device, out Memory memory);

    [LibraryImport(Library)] internal static partial int nvmlSystemGetDriverVersion(byte* version, uint length);

    internal static string Text(TextQuery query)
    {
        var buffer = stackalloc byte[96];
        return query(buffer, 96) == 0 ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer)) : "unknown";
    }
}
