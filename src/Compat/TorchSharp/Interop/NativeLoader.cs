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

    public static void Install() => NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library) return 0;
        SetUnlessGiven("OMP_WAIT_POLICY", "passive");
        return NativeLibrary.Load(Locate());
    }

    private static string Locate()
    {
        var places = Places().ToList();
        return places.Find(File.Exists) ?? throw new DllNotFoundException(
            $"{FileName} was not found beside the program or in a native folder above {AppContext.BaseDirectory}. Run ./build.sh, which compiles it.");
    }

    private static IEnumerable<string> Places()
    {
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory).Parent; folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "native", FileName);
        }
    }

    /// <summary>The C library keeps its own copy of the environment; <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not reach it.</summary>
    private static void SetUnlessGiven(string name, string value) => _ = setenv(name, value, overwrite: 0);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
