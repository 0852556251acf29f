using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>
/// Finds the native library beside the program or in the <c>native</c> folder of a build tree above it, and sets what
/// its OpenMP runtime reads once, at load.
/// </summary>
internal static partial class NativeLoader
{
    public const string Library = "TorchSharpNative";
    private const string FileName = "libTorchSharpNative.so";

    // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    public static void Install() => NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library) return 0;
        SetUnlessGiven("OMP_WAIT_POLICY", "passive");
        KeepFreedMemory();
        return NativeLibrary.Load(Locate(AppContext.BaseDirectory));
    }

    /// <exception cref="DllNotFoundException">
    /// The library is neither in <paramref name="start"/> nor in a native folder above it.
    /// </exception>
    internal static string Locate(string start) => Places(start).FirstOrDefault(File.Exists) ?? throw new DllNotFoundException(
        $"{FileName} was not found in {start} or in a native folder above it. Run ./build.sh, which compiles it.");

    private static IEnumerable<string> Places(string start)
    {
        yield return Path.Combine(start, FileName);
        for (var folder = new DirectoryInfo(start).Parent; folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "native", FileName);
        }
    }

    /// <summary>
    /// The C library keeps its own copy of the environment; <see cref="Environment.SetEnvironmentVariable(string, string)"/> does
    /// not reach it.
    /// </summary>
    private static void SetUnlessGiven(string name, string value) => _ = setenv(name, value, overwrite: 0);

    /// <summary>
    /// A training step frees and takes again the same tens of megabytes. The C library would hand them to the system and
    /// have them back page by page, which costs about a twentieth of the step.
    /// </summary>
    private static void KeepFreedMemory()
    {
        _ = mallopt(MmapThreshold, 32 << 20);
        _ = mallopt(TrimThreshold, 1 << 30);
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
