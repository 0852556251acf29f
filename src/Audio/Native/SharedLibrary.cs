using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>Where the system's loader finds a library. Nothing is loaded here.</summary>
internal static class SharedLibrary
{
    private static readonly string Triplet = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    /// <summary>In the order of the search: beside the program, then as ld.so(8) has it.</summary>
    private static IEnumerable<string> Folders =>
    [
        AppContext.BaseDirectory,
        .. Environment.GetEnvironmentVariable("LD_LIBRARY_PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [],
        "/usr/local/lib", $"/usr/local/lib/{Triplet}", $"/lib/{Triplet}", $"/usr/lib/{Triplet}", "/lib64", "/usr/lib64", "/lib", "/usr/lib",
    ];

    internal const string Missing = "missing";

    /// <param name="soname">Such as libsoxr.so.0.</param>
    /// <returns>The name of the file behind it, such as libsoxr.so.0.1.2; <see cref="Missing"/> where there is none.</returns>
    internal static string FileOf(string soname) => FileOf(soname, Folders);

    internal static string FileOf(string soname, IEnumerable<string> folders) =>
        folders.Select(folder => Path.Combine(folder, soname)).FirstOrDefault(File.Exists) is { } path
            ? Path.GetFileName(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)
            : Missing;
}
